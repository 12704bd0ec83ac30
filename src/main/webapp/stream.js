import { endedWithoutReason, problemAt, problemInEvent } from './problem.js';

/**
 * Holds one window live until `close()` is called.
 *
 * `onRows(rows, digest)` gets every result; `onState({state, problem})` gets every turn of the connection:
 * connecting, live, stale (connected, but the server says that the rows may be old), reconnecting, refused.
 *
 * EventSource reconnects after a broken connection by itself, but gives up at an answer that is no stream and does not
 * say what that answer was: so we ask again with a plain request, tell the problem, and wait where waiting helps.
 */
export function live(url, { startDate, endDate, zone, onRows, onState }) {
  const addresses = windowAddresses(url, { startDate, endDate, zone });
  const ending = new AbortController();
  let source;
  let timer;

  function connect() {
    let hasResult = false;
    source = new EventSource(addresses.stream);
    // Until the first result there is nothing to call live; after a reconnect the same result is not sent again.
    const isLive = () => hasResult && onState({ state: 'live' });
    source.onopen = isLive;
    source.onmessage = ({ data, lastEventId }) => {
      hasResult = true;
      onRows(rowsIn(data), lastEventId);
      onState({ state: 'live' });
    };
    source.addEventListener('fresh', isLive);
    source.addEventListener('stale', () => onState({ state: 'stale' }));
    source.addEventListener('error', onError);
  }

  /** Both an `event: error` of the server, which has data, and EventSource's own error, which has none. */
  function onError({ data }) {
    if (data !== undefined) {
      onState({ state: 'stale', problem: problemInEvent(data, addresses.stream) });
    } else if (source.readyState === EventSource.CLOSED) {
      tellWhy().catch(passAborted);
    } else {
      onState({ state: 'reconnecting' });
    }
  }

  async function tellWhy() {
    const problem = await reason(addresses, ending.signal);
    if (problem.final) {
      onState({ state: 'refused', problem });
    } else {
      onState({ state: 'reconnecting', problem });
      timer = setTimeout(connect, jittered(problem.wait));
    }
  }

  function close() {
    ending.abort();
    clearTimeout(timer);
    source.close();
  }

  onState({ state: 'connecting' });
  connect();
  return { close };
}

/** The addresses of a window's result and of its stream; what is empty is left out. */
export function windowAddresses(url, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value);
  const query = given.length ? `?${new URLSearchParams(given)}` : '';
  return { result: url + query, stream: `${url}/stream${query}` };
}

/** The plain request costs the server no client, so it goes first; some answers only the stream gives. */
async function reason({ result, stream }, signal) {
  return (await problemAt(result, signal)) ?? (await problemAt(stream, signal)) ?? endedWithoutReason();
}

/**
 * The rows of a result. A number that JavaScript would print otherwise (10.00, a bigint above 2^53) keeps its text,
 * where the browser can tell it.
 */
function rowsIn(data) {
  return JSON.parse(data, (_name, value, context) =>
    typeof value === 'number' && context && String(value) !== context.source ? JSON.rawJSON(context.source) : value);
}

/** Milliseconds: up to a quarter later than asked, so that pages turned away together do not return together. */
function jittered(seconds) {
  return seconds * 1000 * (1 + Math.random() / 4);
}

function passAborted(failure) {
  if (failure.name !== 'AbortError') throw failure;
}
