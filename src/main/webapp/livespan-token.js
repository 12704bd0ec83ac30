/**
 * An EventSource and a fetch that authenticate with a token. livespan.js loads this module if it is given `token`, and uses them
 * in place of the browser's.
 */

const SECOND = 1000;
/** A token that is valid for no longer than this is replaced. */
const MARGIN = 20 * SECOND;

const { now } = Date;

/** For each function of a page its newest token, and the question for the next one. Windows with the same function share it. */
const keepers = new WeakMap();

/** The token; a new one if that is about to end or was refused. */
async function tokenOf(token, refused) {
  if (!keepers.has(token)) keepers.set(token, {});
  const keeper = keepers.get(token);
  const { held } = keeper;
  if (held && held !== refused && held.end - now() > MARGIN) return held;
  keeper.asked ??= (async () => entry(await token()))().finally(() => (keeper.asked = undefined));
  return (keeper.held = await keeper.asked);
}

/** A text is sent; anything else is the end of a cookie, in milliseconds since 1970, or nothing. */
const entry = (given) => (given?.split ? { text: given, end: endOf(given) } : { end: +given || Infinity });

/** When a JSON Web Token ends; never, if it does not say. */
function endOf(token) {
  try {
    const claims = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    return JSON.parse(atob(claims)).exp * SECOND || Infinity;
  } catch {
    return Infinity;
  }
}

/** The browser's fetch with a token. Tries once more with another one if the first is refused. */
async function authorized(address, { token, headers, ...rest }, refused) {
  const held = await tokenOf(token, refused);
  const login = held.text ? { headers: { ...headers, Authorization: `Bearer ${held.text}` } } : { headers, credentials: 'include' };
  const response = await fetch(address, { ...rest, ...login });
  if (response.status !== 401 || refused) return response;
  response.body?.cancel();
  return authorized(address, { token, headers, ...rest }, held);
}

/** The browser's EventSource, as far as livespan.js uses it, with a token. It goes on with the next one before that ends. */
class Source extends EventTarget {
  readyState = 0;
  #url;
  #token;
  #id = '';
  #wait = 3 * SECOND;
  #timers = [];
  #stream; // what is to be closed or aborted

  constructor(url, token) {
    super();
    this.#url = url;
    this.#token = token;
    this.#open();
  }

  close() {
    this.readyState = 2;
    this.#stop();
  }

  #stop() {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
    this.#stream?.();
    this.#stream = undefined;
  }

  /** After each wait, continues only if this has not been closed or opened again meanwhile. */
  async #open() {
    this.#stop();
    let over;
    const mine = (this.#stream = () => over?.());
    const isMine = () => this.#stream === mine;
    try {
      const held = await tokenOf(this.#token);
      if (!isMine()) return;
      if (held.end < Infinity) this.#later(() => this.#renew(), Math.max(held.end - now() - MARGIN, (held.end - now()) / 2, SECOND));
      if (held.text) {
        const ending = new AbortController();
        over = () => ending.abort();
        await this.#read(ending.signal, isMine);
      } else {
        over = this.#listen(isMine);
        return;
      }
    } catch {
      // Whatever broke it: it is opened again
    }
    if (isMine()) this.#fail(0);
  }

  async #renew() {
    try {
      await tokenOf(this.#token);
      if (this.readyState < 2) this.#open();
    } catch {
      // The server ends the stream, and then it is tried again
    }
  }

  #later(what, wait) {
    this.#timers.push(setTimeout(what, Math.min(wait, 2 ** 31 - 1)));
  }

  #fail(readyState) {
    this.readyState = readyState;
    if (readyState < 2) this.#later(() => this.#open(), this.#wait);
    this.dispatchEvent(new Event('error'));
  }

  #begin() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  #tell(type, data) {
    this.dispatchEvent(new MessageEvent(type, { data, lastEventId: this.#id }));
  }

  /** By the browser, which sends its cookie. */
  #listen(isMine) {
    const url = new URL(this.#url);
    if (this.#id) url.searchParams.set('lastEventId', this.#id);
    const source = new EventSource(url, { withCredentials: true });
    source.addEventListener('open', () => isMine() && this.#begin());
    for (const type of ['message', 'snapshot', 'change', 'stale', 'fresh', 'timing', 'error']) {
      source.addEventListener(type, ({ data, lastEventId }) => {
        if (!isMine()) return;
        if (data) {
          this.#id = lastEventId;
          this.#tell(type, data);
        } else {
          this.#stop();
          this.#fail(source.readyState && 2);
        }
      });
    }
    return () => source.close();
  }

  async #read(signal, isMine) {
    const headers = { Accept: 'text/event-stream', ...(this.#id && { 'Last-Event-ID': this.#id }) };
    const response = await authorized(this.#url, { token: this.#token, headers, signal, cache: 'no-store' });
    if (!isMine()) return;
    if (!response.ok || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      response.body?.cancel();
      this.#stop();
      return this.#fail(2);
    }
    this.#begin();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let piece = await reader.read(); !piece.done && isMine(); piece = await reader.read()) {
      text += piece.value;
      const events = text.split('\n\n');
      text = events.pop();
      for (const event of events) if (isMine()) this.#take(event);
    }
  }

  #take(event) {
    const fields = {};
    for (const line of event.split('\n')) {
      const [, name, value] = /^(\w*):? ?(.*)/s.exec(line);
      fields[name] = value;
    }
    const { id, retry, data, event: type = 'message' } = fields;
    this.#id = id ?? this.#id;
    this.#wait = +retry || this.#wait;
    if (data) this.#tell(type, data);
  }
}

export { Source as EventSource, authorized as fetch };
