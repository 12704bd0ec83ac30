/**
 * Livespan's client: the rows of a table between two dates, kept up to date.
 *
 *     import { live } from '/livespan/livespan.js';
 *     live('/livespan/api/feeds/orders', { startDate: '2026-11-01', onRows: (rows) => show(rows) });
 *
 * livespan.d.ts says what each option means.
 */

const SECOND = 1000;
/** EventSource hides the heartbeats: after so long without an event, check that the rows are current. */
const SILENCE = 60 * SECOND;
/** How long a page may be hidden before its connection is closed. */
const HIDDEN = 300 * SECOND;
const LONGEST_WAIT_SECONDS = 15;

const { now } = Date;
/** Undefined outside of a page, and outside of a secure context. */
const { document: page = {}, crypto: { subtle } = {} } = globalThis;

/** Equal windows of a page share one. */
const connections = {};

export function live(url, options = {}) {
  const feed = absolute(url);
  const name = JSON.stringify([feed, !!options.onTiming, options]);
  return (connections[name] ??= connection(name, feed, options))(options);
}

/** The feeds at an address. Rejects with a problem. */
export const feeds = (url = 'api/feeds', { token } = {}) => ask(token, url, {}, true);

/** The EventSource and the fetch to use: the browser's, or those that send a token. */
const transport = (token) => (token ? import('./livespan-token.js') : globalThis);

/** A number that JavaScript would print differently, such as 10.00 or 9007199254740993. */
export class ExactNumber extends Number {
  constructor(text) {
    super(text);
    this.text = text;
  }

  toString() {
    return this.text;
  }

  toJSON() {
    return JSON.rawJSON(this.text);
  }
}

/** One EventSource after another, for all listeners of one window. Returns a function that adds a listener. */
function connection(name, url, { startDate, endDate, zone, filters, mode, key, background, token, onTiming }) {
  const [listeners, join, tell] = audience(end);
  const ending = new AbortController();
  let changes = mode !== 'results';
  let source; // an EventSource, or {} before there is one; undefined while there should be none
  let isOpen;
  let isRight; // whether it, or a request since it was opened, has shown that the rows are current
  let isBehind; // whether the server says that they may be out of date
  let rows; // see heldRows
  let shown; // the newest result; undefined before the first
  let digest; // of the result that the server need not send again
  let told = { state: 'connecting' };
  let heardAt;
  let seenAt = now();
  let tries = 0;
  let retry;

  const range = { startDate, endDate, zone, ...filters };
  const result = address(url, range);
  const stream = () => address(`${url}/stream`, {
    ...range,
    mode: changes && 'changes',
    positions: changes,
    timing: !!onTiming,
    lastEventId: digest,
  });

  const isThis = ({ name }) => url.endsWith(`/${name}`);

  function tellState(problem, state = !shown ? 'connecting' : isRight && !isBehind ? 'live' : 'stale') {
    if (state === told.state && problem === told.problem) return;
    told = { state, problem };
    tell('onState', told);
  }

  function end(problem) {
    delete connections[name];
    ending.abort();
    clearInterval(ticking);
    rest();
    tellState(problem, 'closed');
    listeners.clear();
  }

  function rest() {
    clearTimeout(retry);
    source?.close?.();
    source = isOpen = isRight = isBehind = undefined;
    heardAt = Infinity; // nothing is expected
    tellState(told.problem);
  }

  /** After each wait, continues only if no other attempt has begun meanwhile. */
  async function connect(isLost) {
    rest();
    const mine = (source = {});
    try {
      if (isLost) await findOut();
      rows ??= heldRows([key ?? (await feeds(new URL('../feeds', url), { token })).find(isThis)?.keyColumns].flat());
      const { EventSource } = await transport(token);
      if (source !== mine) return;
      heardAt = now();
      source = new EventSource(stream(), token);
      for (const type of 'open message snapshot change stale fresh timing error'.split(' ')) {
        source.addEventListener(type, hear);
      }
    } catch (problem) {
      if (source === mine) again(problem);
    }
  }

  /** EventSource gives up at an answer that is not a stream, and does not say what it was. */
  async function findOut() {
    // The plain request takes no seat, so it goes first; some answers come only from the stream.
    await ask(token, result);
    await ask(token, stream());
    throw { title: 'Stream ended' };
  }

  function again(problem) {
    if (problem.final) return end(problem);
    const wait = problem.wait || Math.min(2 ** tries++, LONGEST_WAIT_SECONDS);
    // Up to 50 % later, so that clients refused together do not return together.
    retry = setTimeout(connect, wait * (SECOND + 500 * Math.random()));
    tellState({ ...problem, wait });
  }

  function hear({ target, type, data, lastEventId: id }) {
    if (target !== source) return;
    heardAt = now();
    if (type === 'open') return opens();
    if (!data) return fails();
    tell('onEvent', { type, id, data, at: heardAt });
    if (type === 'timing') return tell('onTiming', JSON.parse(data));
    if (type === 'error') return tellState(stated(data, result));
    if (type === 'stale') isBehind = true;
    else if (type === 'fresh') isBehind = false;
    else show(data, id, type === 'change').catch(distrust);
    tellState();
  }

  /** A result that differs is sent at once. If none comes, check that the rows are current. */
  function opens() {
    const mine = source;
    isOpen = true;
    setTimeout(() => source === mine && !isRight && check(), SECOND);
  }

  /** EventSource reconnects by itself; if that fails, too, or it gives up, find out why. */
  function fails() {
    if (!isOpen || source.readyState > 1) connect(true);
    else {
      isOpen = isRight = isBehind = false;
      tellState();
    }
  }

  /** Rejects if the rows do not have the digest. */
  async function show(data, id, isChange) {
    shown = { first: !shown, ...rows(data, id, isChange) };
    digest = id;
    isRight = true;
    tries = 0;
    tell('onRows', shown.rows, shown);
    if ((await shown.proof) === false) throw 'Wrong rows';
  }

  /** Changes led to wrong rows: requests whole results, with which that cannot happen again. */
  function distrust(reason) {
    if (!changes || !listeners.size) return;
    console.warn(reason, result);
    changes = digest = undefined;
    connect();
  }

  /** Checks that the rows are current. Until the stream has sent its first result, they need not be. */
  async function check() {
    if (!shown || !isOpen) return;
    const before = heardAt;
    const { status } = await ask(token, result, { 'If-None-Match': `"${digest}"` }).catch((problem) => problem);
    if (heardAt !== before || status > 399) return;
    if (status > 300) {
      heardAt = now();
      isRight = true;
      tellState();
    } else if (isRight || now() - before > 4 * SILENCE) connect(!status);
  }

  function tick() {
    if (background || !page.hidden) seenAt = now();
    if (now() - seenAt > HIDDEN) rest();
    else if (now() - heardAt > SILENCE) isOpen ? check() : connect(true);
  }

  function turn() {
    if (!page.hidden) source ? check() : connect();
  }

  const ticking = setInterval(tick, 10 * SECOND);
  // A page in the back/forward cache loses its connections, perhaps without an event; so does one whose network changed.
  const on = { visibilitychange: turn, pagehide: rest, pageshow: turn, online: () => isOpen && connect() };
  // The controller has the option `signal`
  for (const type in on) globalThis.addEventListener?.(type, on[type], ending);
  connect();
  return (options) => join(options, told, shown);
}

/** The listeners of one window, and functions that add one and call all. Calls `end` when the last has left. */
function audience(end) {
  const listeners = new Set();

  function join(options, told, shown) {
    const listener = { ...options };
    listeners.add(listener);
    tellOne(listener, 'onState', told);
    if (shown) tellOne(listener, 'onRows', shown.rows, { ...shown, first: true, added: shown.rows, changed: [], removed: [] });
    return { close: () => leave(listener) };
  }

  function leave(listener) {
    if (!listeners.delete(listener)) return;
    tellOne(listener, 'onState', { state: 'closed' });
    if (!listeners.size) end();
  }

  const tell = (...event) => listeners.forEach((listener) => tellOne(listener, ...event));

  return [listeners, join, tell];
}

/** Holds the rows of a window, by key. Returns a function that takes the data of an event. */
function heldRows(key) {
  let entries = [];
  const sum = new BigUint64Array(4);
  let counted = count([]);

  const keyText = (value) => JSON.stringify([value].flat(2));

  function entryOf(text) {
    const row = parse(text);
    return {
      // A substring keeps the whole text in memory; this copy does not.
      text: ` ${text}`.slice(1),
      row,
      key: keyText(key.map((column) => row[column])),
      hash: subtle?.digest('SHA-256', new TextEncoder().encode(text)),
    };
  }

  /** A row that did not change stays the same object. */
  function result(data) {
    const known = new Map(entries.map((entry) => [entry.text, entry]));
    return split(data).map((text) => known.get(text) ?? entryOf(text));
  }

  /** Each upserted row belongs after the one whose key is in `after`, or first if that row is not held. */
  function change(data) {
    const { removed, after } = parse(data);
    const come = split(data.slice(data.indexOf('['))).map(entryOf);
    const places = after.map(keyText);
    const gone = new Set([...removed.map(keyText), ...come.map((entry) => entry.key)]);
    const next = entries.filter(({ key }) => !gone.has(key));
    come.forEach((entry, index) => next.splice(next.findIndex(({ key }) => key === places[index]) + 1, 0, entry));
    return next;
  }

  /** The digest is a sum, modulo 2^64 in each of four places, the last one first here, so it can follow changes. */
  async function count(list, sign) {
    if (!subtle) return;
    for (const { hash } of list) {
      const places = new DataView(await hash);
      sum.forEach((_, index) => (sum[index] += sign * places.getBigUint64(24 - 8 * index)));
    }
  }

  return (data, digest, isChange) => {
    const next = isChange ? change(data) : result(data);
    const gone = new Set(entries);
    const come = next.filter((entry) => !gone.delete(entry));
    entries = next;
    counted = counted.then(() => count(gone, -1n)).then(() => count(come, 1n));
    const removed = new Map([...gone].map((entry) => [entry.key, entry.row]));
    const added = [];
    const changed = [];
    for (const { key, row } of come) {
      if (removed.has(key)) changed.push({ row, before: removed.get(key) });
      else added.push(row);
      removed.delete(key);
    }
    return {
      rows: entries.map((entry) => entry.row),
      digest,
      added,
      changed,
      removed: [...removed.values()],
      proof: counted.then(() => subtle && base64(sum.buffer) === `${digest}=`),
    };
  };
}

/** For URLs, and from the last byte to the first, because that is how machines hold numbers. */
const base64 = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer).toReversed())).replace(/[+/]/g, (sign) => (sign > '+' ? '_' : '-'));

/** The elements of the JSON array at the start of a text, each exactly as written. */
function split(json) {
  const parts = [];
  let depth = 0;
  let start = 1;
  for (const { 0: token, index } of json.matchAll(/"(?:\\.|[^"\\])*"|[[\]{},]/g)) {
    if ('[{'.includes(token)) depth++;
    else if (depth < 2 && !token[1]) {
      if (index > start) parts.push(json.slice(start, index));
      if (token === ']') break;
      start = index + 1;
    } else if (']}'.includes(token)) depth--;
  }
  return parts;
}

/** JSON with its numbers as they stand there, where the browser can tell. */
const parse = (json) => JSON.parse(json, (_name, value, context) =>
  value?.toFixed && context && `${value}` !== context.source ? new ExactNumber(context.source) : value);

/** Without empty parameters; a list is a parameter that is repeated. */
const address = (url, parameters) => `${url}?${new URLSearchParams(Object.entries(parameters).flatMap(
  ([name, value]) => [value || []].flat().map((one) => [name, one]),
))}`;

const absolute = (url) => new URL(url, page.baseURI).href;

/** A successful response, or the JSON in it. Rejects with a problem. */
async function ask(token, address, headers, isRead) {
  let problem = { title: 'No answer' };
  try {
    const { fetch } = await transport(token);
    const response = await fetch(address, { token, headers, signal: AbortSignal.timeout(20 * SECOND) });
    const { status, ok } = response;
    if (ok && isRead) return await response.json();
    if (ok || status === 304) {
      response.body?.cancel();
      return response;
    }
    const known = stated(await response.text(), response.url);
    problem = {
      title: `HTTP ${status}`,
      ...known,
      status,
      wait: +response.headers.get('Retry-After'),
      // An answer that is not Livespan's, such as 404 before it is deployed, may be temporary.
      final: known && status < 429,
    };
  } catch {}
  throw problem;
}

/** The problem (RFC 9457) in the text, if it is one; its type is a link. */
function stated(json, base) {
  try {
    const { type, ...rest } = JSON.parse(json);
    return { ...rest, link: new URL(type, base).href };
  } catch {}
}

/** In a microtask: a listener that throws does not affect others, and none is called before `live` has returned. */
const tellOne = (listener, callback, ...values) => queueMicrotask(() => listener[callback]?.(...values));
