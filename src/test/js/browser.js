import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { afterEach, mock } from 'node:test';

/** The parts of a browser that the module uses, controlled by the test: its clock, its page, EventSource and fetch. */

mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_800_000_000_000 });

const page = new EventTarget();
setMaxListeners(0, page);
globalThis.document = { hidden: false, baseURI: 'http://portal.example/reports/' };
globalThis.addEventListener = (type, listener, { signal }) => {
  page.addEventListener(type, listener);
  // The signal is not passed on to Node.js, whose garbage collector may lose it
  signal.addEventListener('abort', () => page.removeEventListener(type, listener));
};

export const SECOND = 1000;

/** Lets time pass, and everything that waited for it run. */
export async function pass(time) {
  // In steps, as a timer may set another; the browser's clock does not jump either
  for (let passed = 0; passed < time; passed += SECOND) {
    mock.timers.tick(Math.min(SECOND, time - passed));
    await settle();
  }
}

/** How many digests are being computed, on other threads. */
let digesting = 0;
const digest = crypto.subtle.digest.bind(crypto.subtle);
crypto.subtle.digest = (...what) => {
  digesting++;
  return digest(...what).finally(() => digesting--);
};

/** Waits until everything that was due has run, including digests. */
export async function settle() {
  for (let quiet = 0; quiet < 20; quiet++) {
    await new Promise(setImmediate);
    if (digesting) quiet = 0;
  }
}

export function happens(type, hidden = document.hidden) {
  document.hidden = hidden;
  page.dispatchEvent(new Event(type));
  return settle();
}

export class FakeEventSource extends EventTarget {
  static opened = [];

  readyState = 0;

  constructor(url) {
    super();
    this.url = new URL(url);
    FakeEventSource.opened.push(this);
  }

  close() {
    this.readyState = 2;
  }

  /** The connection opens. */
  opens() {
    this.readyState = 1;
    return this.#tell(new Event('open'));
  }

  sends(type, data, lastEventId = '') {
    return this.#tell(new MessageEvent(type, { data, lastEventId }));
  }

  /** Sends a result as the server does, of rows given as JSON texts, with their digest. */
  result(type, ...rows) {
    return this.sends(type, `[${rows}]`, digestOf(rows));
  }

  /** The connection is lost, and EventSource will try again by itself unless it gives up for good. */
  fails({ forGood = false } = {}) {
    this.readyState = forGood ? 2 : 0;
    return this.#tell(new Event('error'));
  }

  #tell(event) {
    this.dispatchEvent(event);
    return settle();
  }
}
globalThis.EventSource = FakeEventSource;

/** What fetch was asked, and how it answers: a response, or undefined for no answer. */
export const server = { asked: [], answer: () => undefined };

globalThis.fetch = async (address, { headers } = {}) => {
  server.asked.push({ address: String(address), headers });
  const response = await server.answer(new URL(address), headers ?? {});
  if (!response) throw new TypeError('fetch failed');
  return Object.defineProperty(response, 'url', { value: String(address) });
};

export const json = (value, init) => new Response(JSON.stringify(value), init);

export const problem = (status, title, headers = {}) =>
  json({ type: '/livespan/problems.html#it', title, status, detail: 'Why.' },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });

/** The digest as docs/clients.md defines it, implemented a second time. */
export function digestOf(rows) {
  const sums = [0n, 0n, 0n, 0n];
  for (const row of rows) {
    const hash = createHash('sha256').update(row).digest();
    sums.forEach((sum, place) => (sums[place] = BigInt.asUintN(64, sum + hash.readBigUInt64BE(8 * place))));
  }
  const bytes = Buffer.alloc(32);
  sums.forEach((sum, place) => bytes.writeBigUInt64BE(sum, 8 * place));
  return bytes.toString('base64url');
}

let windows = 0;
const toClose = [];

afterEach(() => {
  toClose.splice(0).forEach((window) => window.close());
});

/** Opens a window, by default a new one, and returns all that its listener hears. */
export async function open(live, { url = `http://server.example/livespan/api/feeds/feed${++windows}`, timed, ...options } = {}) {
  const heard = { rows: [], info: [], states: [], problems: [], events: [], timings: [] };
  const { length } = FakeEventSource.opened;
  heard.window = live(url, {
    key: 'id',
    ...options,
    onRows: (rows, info) => (heard.rows.push(rows), heard.info.push(info)),
    onState: ({ state, problem: why }) => (heard.states.push(state), heard.problems.push(why)),
    onEvent: (event) => heard.events.push(event),
    ...(timed && { onTiming: (timing) => heard.timings.push(timing) }),
  });
  toClose.push(heard.window);
  await settle();
  heard.url = url;
  heard.sources = () => FakeEventSource.opened.slice(length);
  heard.source = () => FakeEventSource.opened.at(-1);
  heard.state = () => heard.states.at(-1);
  heard.ids = () => heard.rows.at(-1).map(({ id }) => id);
  return heard;
}

export const row = (id, value = 0) => `{"id":${id},"value":${value}}`;

export function assertProven(info) {
  return info.proof.then((proven) => assert.equal(proven, true, 'the digest is proven'));
}
