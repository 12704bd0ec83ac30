/**
 * Livespan's client: the rows of a table between two dates, kept true.
 *
 *     import { live } from '/livespan/livespan.js';
 *     live('/livespan/api/feeds/orders', { startDate: '2026-11-01', onRows: (rows) => show(rows) });
 *
 * livespan.d.ts says what each option means.
 */

const SECOND = 1000;
/** EventSource hides the heartbeats: after so long without an event it is asked whether the rows are still right. */
const SILENCE = 60 * SECOND;
/** A timer that comes so late has slept with its machine, and no connection is sure to have survived that. */
const SLEEP = 90 * SECOND;
/** How long a page may be hidden before its connection is let go of. */
const HIDDEN = 300 * SECOND;
const LONGEST_WAIT_SECONDS = 15;

/** Equal windows of a page share one. */
const connections = new Map();

export function live(url, options = {}) {
  const name = JSON.stringify([addresses(url, options), options]);
  if (!connections.has(name)) connections.set(name, connection(url, options, () => connections.delete(name)));
  return connections.get(name).join(options);
}

/** The feeds at an address, the columns of each key in a list. Rejects with an error that is a problem, too. */
export async function feeds(url = 'api/feeds') {
  const { response, problem } = await ask(absolute(url));
  if (problem) throw Object.assign(new Error(problem.title), problem);
  return (await response.json()).map((feed) => ({ ...feed, key: feed.key.split(',') }));
}

/** A number that JavaScript alone would print otherwise, such as 10.00 or 9007199254740993. */
export class ExactNumber extends Number {
  constructor(text) {
    super(text);
    this.text = text;
  }

  toString() {
    return this.text;
  }

  toJSON() {
    return JSON.rawJSON ? JSON.rawJSON(this.text) : this.text;
  }
}

/** One EventSource after another, for all who listen to one window. */
function connection(url, options, whenOver) {
  const { result, stream } = addresses(url, options);
  const listeners = new Set();
  const ending = new AbortController();
  let source; // an EventSource, or {} before there is one; undefined while there is to be none
  let opened; // whether it is open
  let confirmed; // whether it or a request has told since then that the rows are right
  let behind; // whether the server says that they may be old
  let held;
  let shown; // the newest result; undefined before the first
  let trusted; // whether that is what its digest says
  let distrusted; // whether it ever was not
  let told = { state: 'connecting' };
  let heardAt = Date.now();
  let ticked = heardAt;
  let tries = 0;
  let retry;
  let hiding;

  function join(options) {
    const listener = { ...options };
    listeners.add(listener);
    // Not before the caller holds what it may want to close; nor after an event, which is a task of its own.
    queueMicrotask(() => {
      if (!listeners.has(listener)) return;
      listener.greeted = true;
      call(listener.onState, told);
      if (shown) call(listener.onRows, shown.rows, { ...shown, first: true, added: shown.rows, changed: [], removed: [] });
    });
    return { close: () => leave(listener) };
  }

  function leave(listener) {
    if (!listeners.delete(listener)) return;
    call(listener.onState, { state: 'closed' });
    if (!listeners.size) end();
  }

  function tell(callback, ...values) {
    for (const listener of [...listeners]) {
      if (listeners.has(listener) && (listener.greeted || isOver())) call(listener[callback], ...values);
    }
  }

  function tellState(problem) {
    const state = isOver() ? 'closed' : !shown ? 'connecting' : confirmed && !behind ? 'live' : 'stale';
    if (state === told.state && problem === told.problem) return;
    told = problem ? { state, problem } : { state };
    tell('onState', told);
  }

  const isOver = () => ending.signal.aborted;

  function end(problem) {
    whenOver();
    ending.abort();
    letGo();
    clearInterval(ticking);
    clearTimeout(hiding);
    tellState(problem);
    listeners.clear();
  }

  function letGo() {
    clearTimeout(retry);
    source?.close?.();
    source = undefined;
    opened = confirmed = behind = false;
  }

  async function connect() {
    letGo();
    const mine = (source = {});
    tellState(told.problem);
    try {
      held ??= heldRows(await columns(url, options));
    } catch (failure) {
      if (source === mine) again({ title: failure.message, ...failure });
    }
    if (source !== mine || !held) return;
    const address = new URL(stream);
    if (trusted) address.searchParams.set('lastEventId', shown.digest);
    heardAt = Date.now();
    source = new EventSource(address);
    source.onopen = opens;
    for (const type in HEARS) source.addEventListener(type, hear);
  }

  /** What differs comes next. If nothing does, we ask whether that is because nothing differs. */
  function opens() {
    opened = true;
    heardAt = Date.now();
    later(SECOND, check);
  }

  const HEARS = {
    message: show,
    snapshot: show,
    change: show,
    timing: ({ data }) => tell('onTiming', JSON.parse(data)),
    stale: () => {
      behind = true;
      tellState();
    },
    fresh: () => {
      behind = false;
      tellState();
    },
    /** Both an event of the server's, which has data, and EventSource's own, which has none. */
    error: ({ data }) => (data ? tellState(stated(parsed(data), stream)) : fail()),
  };

  function hear(event) {
    if (event.target !== source) return;
    const { type, lastEventId: id, data } = event;
    if (data) {
      heardAt = Date.now();
      tell('onEvent', { type, id, data, at: heardAt });
    }
    HEARS[type](event);
  }

  function show({ type, data, lastEventId: digest }) {
    let difference;
    try {
      difference = type === 'change' ? held.change(data) : held.result(data);
    } catch (failure) {
      return distrust(failure);
    }
    const proof = held.prove(digest);
    const first = !shown;
    shown = { ...difference, digest, proof };
    confirmed = trusted = true;
    tries = 0;
    tell('onRows', shown.rows, { ...shown, first });
    tellState();
    proof.then((proven) => proven === false && distrust('its digest is not that of the rows'));
  }

  /** Whatever went wrong with changes cannot go wrong with whole results, so that this happens once. */
  function distrust(reason) {
    if (distrusted || isOver()) return;
    distrusted = true;
    console.warn(`Livespan reads ${result} anew, as what came is not right: ${reason}`);
    trusted = false;
    stream.searchParams.set('mode', 'results');
    connect();
  }

  /** EventSource comes back by itself, but only once, and not to an answer that is no stream, nor does it say why. */
  function fail() {
    if (!opened || source.readyState === EventSource.CLOSED) return lost();
    opened = confirmed = behind = false;
    tellState();
  }

  async function lost() {
    letGo();
    const mine = (source = {});
    tellState(told.problem);
    // The plain request costs the server no client, so it goes first; some answers only the stream gives.
    const problem = (await probe(result)).problem ?? (await probe(stream)).problem;
    if (source === mine) again(problem ?? { title: 'The stream was closed', detail: 'The server did not keep it open.' });
  }

  function again(problem) {
    if (problem.final) return end(problem);
    const wait = problem.wait ?? Math.min(2 ** tries++, LONGEST_WAIT_SECONDS);
    retry = setTimeout(connect, jittered(wait * SECOND));
    tellState({ ...problem, wait });
  }

  /** Whether the rows are still right, which an unconditional answer only says if no event comes that makes them so. */
  async function check() {
    if (!shown || !opened) return;
    const mine = source;
    const before = heardAt;
    const isSilent = () => source === mine && heardAt === before;
    const { response, problem } = await probe(result, { 'If-None-Match': `"${shown.digest}"` });
    if (!isSilent()) return;
    if (response?.status === 304) {
      heardAt = Date.now();
      confirmed = true;
      tellState();
    } else if (response) {
      later(5 * SECOND, () => isSilent() && connect());
    } else if (problem.final || !problem.status) {
      lost();
    }
  }

  function later(time, action) {
    const mine = source;
    setTimeout(() => source === mine && action(), time);
  }

  function tick() {
    const late = Date.now() - ticked;
    ticked += late;
    if (!source || isHidden()) return;
    if (late > SLEEP) connect();
    else if (ticked - heardAt > silence) opened ? check() : source.close && lost();
  }

  function rest() {
    letGo();
    tellState(told.problem);
  }

  function turn() {
    clearTimeout(hiding);
    if (isHidden()) {
      if (!options.background) hiding = setTimeout(rest, HIDDEN);
    } else if (source) {
      check();
    } else {
      connect();
    }
  }

  const on = (target, type, action) => target?.addEventListener?.(type, action, { signal: ending.signal });
  on(globalThis.document, 'visibilitychange', turn);
  // A page that the browser keeps for its back button loses its connections, and need not hear of it.
  on(globalThis, 'pagehide', rest);
  on(globalThis, 'pageshow', () => source || connect());
  // Whoever was told when to come back comes back then.
  on(globalThis, 'online', () => told.problem?.status || connect());
  const silence = jittered(SILENCE);
  const ticking = setInterval(tick, 10 * SECOND);
  connect();
  return { join };
}

/** The rows of a window in the order of the server: by date, then by key. */
function heldRows({ key, dateColumn }) {
  let entries = [];
  let turn = Promise.resolve();
  const sum = new DataView(new ArrayBuffer(32));

  const keyText = (value) => JSON.stringify(key.length > 1 ? value : [value]);

  function entryOf(text) {
    const row = parse(text);
    return { text: copy(text), row, key: JSON.stringify(key.map((column) => row[column])), date: ordered(row[dateColumn]) };
  }

  /** A row that is as it was stays the object that it was. */
  function result(data) {
    const known = new Map(entries.map((entry) => [entry.text, entry]));
    const next = split(data).map((text) => known.get(text) ?? entryOf(text));
    const come = next.filter((entry) => !known.delete(entry.text));
    return replace(next, [...known.values()], come);
  }

  /** Where rows of one date stand together, `after` holds the key of the one that each comes after. */
  function change(data) {
    const { upserted, removed, after } = Object.fromEntries(split(data).map(member));
    const come = split(upserted).map(entryOf);
    const before = after ? parse(after) : [];
    const leaving = new Set(come.map((entry) => entry.key).concat(parse(removed).map(keyText)));
    const gone = [];
    const kept = [];
    for (const entry of entries) (leaving.has(entry.key) ? gone : kept).push(entry);
    const next = [];
    let index = 0;
    come.forEach((entry, place) => {
      const follows = before[place] == null
        ? () => isBefore(kept[index].date, entry.date)
        : () => next.at(-1)?.key !== keyText(before[place]);
      while (index < kept.length && follows()) next.push(kept[index++]);
      next.push(entry);
    });
    return replace(next.concat(kept.slice(index)), gone, come);
  }

  function replace(next, gone, come) {
    entries = next;
    turn = turn.then(() => count(gone, come));
    const removed = new Map(gone.map((entry) => [entry.key, entry.row]));
    const added = [];
    const changed = [];
    for (const { key, row } of come) {
      if (removed.has(key)) changed.push({ row, before: removed.get(key) });
      else added.push(row);
      removed.delete(key);
    }
    return { rows: entries.map((entry) => entry.row), added, changed, removed: [...removed.values()] };
  }

  /** The digest is a sum, modulo 2^64 in each of four places, and follows the rows that change. */
  async function count(gone, come) {
    if (!globalThis.crypto?.subtle) return;
    come.forEach((entry) => (entry.hash = sha256(entry.text)));
    for (const [list, sign] of [[gone, -1n], [come, 1n]]) {
      for (const { hash } of list) {
        const places = new DataView(await hash);
        for (let at = 0; at < 32; at += 8) {
          sum.setBigUint64(at, sum.getBigUint64(at) + sign * places.getBigUint64(at));
        }
      }
    }
  }

  /** Whether the rows have this digest; undefined where the browser cannot tell, which is outside of a secure context. */
  function prove(digest) {
    return turn.then(() => (globalThis.crypto?.subtle ? base64url(sum) === digest : undefined));
  }

  return { result, change, prove };
}

const sha256 = (text) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));

function base64url({ buffer }) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace('=', '');
}

/** A part of a text keeps all of it in memory; this does not. */
const copy = (text) => ` ${text}`.slice(1);

/** The elements of a JSON array or the members of an object, each exactly as it stands there. */
function split(json) {
  const parts = [];
  let depth = 0;
  let start = 1;
  for (let at = 0; at < json.length; at++) {
    const sign = json[at];
    if (sign === '"') {
      while (json[++at] !== '"') if (json[at] === '\\') at++;
    } else if (sign === '[' || sign === '{') {
      depth++;
    } else if (sign === ']' || sign === '}') {
      if (--depth === 0 && at > start) parts.push(json.slice(start, at));
    } else if (sign === ',' && depth === 1) {
      parts.push(json.slice(start, at));
      start = at + 1;
    }
  }
  return parts;
}

const member = (text) => {
  const colon = text.indexOf(':');
  return [JSON.parse(text.slice(0, colon)), text.slice(colon + 1)];
};

const STRINGS_AND_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** Nobody who writes into a table can know it. */
const MARK = Math.random() + ':';

/** JSON with numbers as exact as they stand there: marked as text first, as a number would have lost it. */
function parse(json) {
  let isMarked;
  const marked = json.replace(STRINGS_AND_NUMBERS, (token) => {
    if (token[0] === '"' || String(Number(token)) === token) return token;
    isMarked = true;
    return `"${MARK}${token}"`;
  });
  return JSON.parse(marked, isMarked && ((_name, value) =>
    value?.startsWith?.(MARK) ? new ExactNumber(value.slice(MARK.length)) : value));
}

/** A date as PostgreSQL or Java writes it in UTC, as its year and the rest; of that, longer is later. */
function ordered(text) {
  const [, year, rest, christ] = /^([+-]?\d+)-(.*?)(?:Z|\+00:00)?( BC)?$/.exec(text) ?? [];
  if (!year) return { year: text === 'infinity' ? Infinity : -Infinity, rest: '' };
  return { year: christ ? 1 - year : Number(year), rest };
}

const isBefore = (one, other) => one.year < other.year || (one.year === other.year && one.rest < other.rest);

const absolute = (url) => new URL(url, globalThis.document?.baseURI);

/** Where a window's result and its stream are; what is empty is left out. */
function addresses(url, { startDate, endDate, zone, mode = 'changes', onTiming }) {
  const result = absolute(url);
  const stream = absolute(url);
  stream.pathname += '/stream';
  const give = (address, parameters) => Object.entries(parameters).forEach(([name, value]) => {
    if (value) address.searchParams.set(name, value.toISOString?.() ?? value);
  });
  give(result, { startDate, endDate, zone });
  give(stream, { startDate, endDate, zone, mode, timing: onTiming && 'true' });
  return { result, stream };
}

const lists = new Map();

/** The columns that a feed's rows are ordered by, from the list that it is in, which a page reads once. */
async function columns(url, { key, dateColumn }) {
  const address = absolute(url);
  let feed;
  if (!key || !dateColumn) {
    const list = new URL('.', address).href.slice(0, -1);
    if (!lists.has(list)) lists.set(list, feeds(list));
    lists.get(list).catch(() => lists.delete(list));
    const name = decodeURIComponent(address.pathname.split('/').pop());
    feed = (await lists.get(list)).find((one) => one.name === name);
  }
  return { key: [key ?? feed?.key ?? []].flat(), dateColumn: dateColumn ?? feed?.dateColumn };
}

/** An answer, or what kept it from us. */
async function ask(address, headers) {
  try {
    const response = await fetch(address, { headers, cache: 'no-store', signal: AbortSignal.timeout(20 * SECOND) });
    if (response.ok || response.status === 304) return { response };
    return { problem: await problemIn(response) };
  } catch {
    return { problem: { title: 'The server cannot be reached', detail: 'It may be restarting, or the network is down.' } };
  }
}

/** The same without its body. */
async function probe(address, headers) {
  const answer = await ask(address, headers);
  answer.response?.body?.cancel();
  return answer;
}

/** A 404 that is not Livespan's own comes from a server whose application is not deployed yet: that passes. */
async function problemIn(response) {
  const { status, url, headers } = response;
  const isStated = headers.get('Content-Type')?.startsWith('application/problem+json');
  const problem = stated(isStated ? parsed(await response.text()) : {}, url);
  return {
    ...problem,
    title: problem.title ?? `The server answered ${status}`,
    status,
    wait: seconds(headers.get('Retry-After')),
    final: status < 500 && ![408, 425, 429].includes(status) && (status !== 404 || !!problem.title),
  };
}

/** A problem as RFC 9457 states it; its type is a link where it is a web address. */
function stated({ type, title, detail, status }, base) {
  let link;
  try {
    const { protocol, href } = new URL(type, base);
    if (protocol.startsWith('http')) link = href;
  } catch {}
  return { title, detail, status, link };
}

function parsed(json) {
  try {
    return Object(JSON.parse(json));
  } catch {
    return {};
  }
}

/** Retry-After (RFC 9110, 10.2.3) is in seconds or a date. */
function seconds(header) {
  if (!header) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / SECOND;
  return wait >= 0 ? Math.ceil(wait) : undefined;
}

/** Up to a half later, so that those who were turned away together do not return together. */
const jittered = (time) => time * (1 + Math.random() / 2);

const isHidden = () => globalThis.document?.hidden;

/** A listener that fails harms no other. */
function call(callback, ...values) {
  try {
    callback?.(...values);
  } catch (failure) {
    setTimeout(() => { throw failure; });
  }
}
