/** One row: a member for each column. A number that JavaScript would print differently is an {@link ExactNumber}. */
export type Row = Record<string, unknown>;

/** What to show, and what to call. Equal windows of a page share one connection. */
export interface LiveOptions<R extends object = Row> {
  /** The first date, inclusive: a day such as `2026-11-01`, or a moment with its offset. Empty or omitted: no bound. */
  startDate?: string;
  /** The last date, inclusive. Empty or omitted: no bound. */
  endDate?: string;
  /** The time zone of whole days, such as `Europe/Berlin`. Empty or omitted: the server's. */
  zone?: string;
  /** Values of the feed's filter columns: `{ status: ['new', 'paid'], 'customer.is': 'null' }`. */
  filters?: Record<string, string | readonly string[]>;
  /**
   * Whether the server sends only changes (the default) or the whole result each time. `onRows` gets the same; changes cost
   * less, unless most rows change each time.
   */
  mode?: 'changes' | 'results';
  /** The key column, or several in their order. If omitted, it is looked up in the list of feeds. */
  key?: string | string[];
  /**
   * Gets a new token, if the server requires one. Called before the first request, shortly before a token expires, and once
   * more if it is refused. Returns
   * - the token, a string, which is sent in a header, or
   * - if the page keeps it in a cookie: when that expires, in milliseconds since 1970, or nothing if unknown.
   *
   * Windows share the tokens of a function, so pass the same function to all of them.
   */
  token?: TokenSource;
  /** Whether to stay connected in a page that is hidden for more than five minutes. */
  background?: boolean;

  /** Called with each result, including the first. The list is new each time; a row that did not change is the same object. */
  onRows?(rows: R[], result: Result<R>): void;
  /** Called on every change of state, first with the current state. */
  onState?(state: State): void;
  /** Called with each raw event, before it is processed. */
  onEvent?(event: RawEvent): void;
  /** Called after each change with the time it took. Requested from the server only if given. */
  onTiming?(timing: Timing): void;
}

/** Gets a new token; see {@link LiveOptions.token}. */
export type TokenSource = () => string | number | undefined | void | Promise<string | number | undefined | void>;

/** A result's metadata. */
export interface Result<R extends object = Row> {
  /** Identifies the result: the server's entity tag for it. */
  digest: string;
  /** Whether it is the first for this listener. */
  first: boolean;
  /** The rows that are new; all of them in a first result. */
  added: R[];
  /** The rows that differ from before, and what they were. */
  changed: { row: R; before: R }[];
  /** The rows that were removed, as they were. */
  removed: R[];
  /**
   * Whether the rows have this digest. If they do not, whole results are requested from then on. Undefined outside of a
   * secure context (HTTPS or localhost), where browsers cannot compute it.
   */
  proof: Promise<boolean | undefined>;
}

/**
 * - `connecting`: there are no rows yet
 * - `live`: the rows are those of the database
 * - `stale`: the rows may be out of date, because the connection is lost or the server is behind; temporary
 * - `closed`: there will be no more results, after `close()` or because the server refuses this window
 */
export interface State {
  state: 'connecting' | 'live' | 'stale' | 'closed';
  /** What is wrong, if known. */
  problem?: Problem;
}

/** What went wrong, as the server reports it (RFC 9457) if it does. */
export interface Problem {
  title: string;
  detail?: string;
  /** The HTTP status; undefined if there was no answer. */
  status?: number;
  /** The problem's type: the address of a page that explains it. */
  link?: string;
  /** Seconds until the next attempt (up to 50 % more); undefined while the connection is open. */
  wait?: number;
  /** Whether Livespan itself refused, so that retrying is pointless. */
  final?: boolean;
}

/** An event of the stream. */
export interface RawEvent {
  type: 'message' | 'snapshot' | 'change' | 'stale' | 'fresh' | 'timing' | 'error';
  /** The digest of the newest result up to this event. */
  id: string;
  data: string;
  /** When it arrived, in milliseconds since 1970. */
  at: number;
}

export interface Timing {
  /** Milliseconds from the notification of the commit to writing the event. */
  elapsed: number;
}

/** What `live` returns. */
export interface LiveWindow {
  /** Removes this listener, and closes the connection after the last one. `onState` gets `closed` once. */
  close(): void;
}

/** A feed as the server lists it. */
export interface Feed {
  name: string;
  table: string;
  dateColumn: string;
  /** The key columns, in their order. */
  keyColumns: string[];
  /** The same, separated by commas. */
  key: string;
  /** The columns by which its windows can be filtered. */
  filters: string[];
}

/**
 * A number that JavaScript would print differently, such as `10.00` or `9007199254740993`: `String(it)` is the original text,
 * arithmetic is as exact as JavaScript's numbers are, and `JSON.stringify` keeps the text. An object, so `typeof` is not
 * `number`; a browser that does not tell `JSON.parse`'s reviver the source gives plain numbers instead.
 */
export class ExactNumber extends Number {
  constructor(text: string);
  readonly text: string;
}

/**
 * Keeps the rows of a window up to date until it is closed.
 *
 * @param url the feed's address, such as `api/feeds/orders`; a relative URL is resolved against the document
 */
export function live<R extends object = Row>(url: string | URL, options?: LiveOptions<R>): LiveWindow;

/**
 * The feeds at an address.
 *
 * @param url `api/feeds` if omitted
 * @throws a {@link Problem}
 */
export function feeds(url?: string | URL, options?: { token?: TokenSource }): Promise<Feed[]>;
