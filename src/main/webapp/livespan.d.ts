/** One row: a member for each column. An {@link ExactNumber} stands where a number would be printed otherwise. */
export type Row = Record<string, unknown>;

/** What to show, and whom to tell. Of two equal windows in a page, the second shares the connection of the first. */
export interface LiveOptions<R extends object = Row> {
  /** The first date, inclusive: a day such as `2026-11-01`, or a moment with its offset. Empty or left out: no bound. */
  startDate?: string;
  /** The last date, inclusive. Empty or left out: no bound. */
  endDate?: string;
  /** The time zone whose days are meant, such as `Europe/Berlin`. Empty or left out: the server's. */
  zone?: string;
  /**
   * Whether the server sends what changes, as by default, or the whole result each time. What `onRows` gets is the same;
   * changes cost less, unless most rows change each time.
   */
  mode?: 'changes' | 'results';
  /** The column that tells rows apart, or several in their order. Left out: asked for at the list of feeds. */
  key?: string | string[];
  /** Whether to stay connected in a page that is hidden for more than five minutes. */
  background?: boolean;

  /** Gets each result, the first included. The list is a new one each time; a row that did not change is the same object. */
  onRows?(rows: R[], result: Result<R>): void;
  /** Gets each turn, beginning with where it stands when `live` was called. */
  onState?(state: State): void;
  /** Gets each event as it came, before it is read. */
  onEvent?(event: RawEvent): void;
  /** If given, the server says after each change how long it took. */
  onTiming?(timing: Timing): void;
}

/** What is known of a result beside its rows. */
export interface Result<R extends object = Row> {
  /** What tells this result from others: the server's entity tag for it. */
  digest: string;
  /** Whether it is the first that this listener gets. */
  first: boolean;
  /** The rows that are new; all of them in a first result. */
  added: R[];
  /** The rows that differ from before, and what they were. */
  changed: { row: R; before: R }[];
  /** The rows that are gone, as they were. */
  removed: R[];
  /**
   * Whether the rows have this digest. If changes led to others, whole results are asked for from then on. Undefined
   * where the browser cannot compute it, as it may only in a secure context: over HTTPS, or on localhost.
   */
  proof: Promise<boolean | undefined>;
}

/**
 * - `connecting`: there are no rows yet
 * - `live`: the rows are those of the database
 * - `stale`: the rows may be old, as the connection is lost or the server is itself behind; this passes
 * - `closed`: nothing more will come, after `close()` or because the server will not serve this window
 */
export interface State {
  state: 'connecting' | 'live' | 'stale' | 'closed';
  /** What is in the way, if that is known. */
  problem?: Problem;
}

/** What went wrong, in the words of RFC 9457 where the server has any. */
export interface Problem {
  title: string;
  detail?: string;
  /** The HTTP status; undefined if there was no answer. */
  status?: number;
  /** The problem's type: the address of a page that explains it. */
  link?: string;
  /** In how many seconds, and up to a half more, it is tried again; undefined if the connection still stands. */
  wait?: number;
  /** Whether this is Livespan's own refusal, which trying again would meet again. */
  final?: boolean;
}

/** An event of the stream. */
export interface RawEvent {
  type: 'message' | 'snapshot' | 'change' | 'stale' | 'fresh' | 'timing' | 'error';
  /** The digest of the newest result up to this event. */
  id: string;
  data: string;
  /** When it came, in milliseconds since 1970. */
  at: number;
}

export interface Timing {
  /** Milliseconds from when the server heard of the commit to when it gave the event to the connection. */
  elapsed: number;
}

/** What `live` returns. */
export interface LiveWindow {
  /** Ends this listener, and the connection with the last. `onState` hears `closed`, once. */
  close(): void;
}

/** A feed as the server lists it. */
export interface Feed {
  name: string;
  table: string;
  dateColumn: string;
  /** The columns that tell rows apart, in their order. */
  keyColumns: string[];
  /** The same with commas between, for older clients. */
  key: string;
}

/**
 * A number that JavaScript alone would print otherwise, such as `10.00` or `9007199254740993`: `String(it)` is the text it
 * came as, arithmetic is as exact as JavaScript's numbers are, `JSON.stringify` keeps it. An object, so `typeof` is not
 * `number`; a browser that does not tell `JSON.parse`'s reviver the source gives plain numbers instead.
 */
export class ExactNumber extends Number {
  constructor(text: string);
  readonly text: string;
}

/**
 * Keeps the rows of a window true until it is closed.
 *
 * @param url the feed's address, such as `api/feeds/orders`; one that is relative is so to the document
 */
export function live<R extends object = Row>(url: string | URL, options?: LiveOptions<R>): LiveWindow;

/**
 * The feeds at an address.
 *
 * @param url left out: `api/feeds`
 * @throws a {@link Problem}
 */
export function feeds(url?: string | URL): Promise<Feed[]>;
