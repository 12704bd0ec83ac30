/**
 * A browser's EventSource, built on fetch, as far as the client uses it. Node.js has none of its own yet.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventSource extends EventTarget {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSED = 2;

  readyState = EventSource.CONNECTING;
  onopen = null;
  #retry = 3000;
  #lastEventId = '';
  #ending = new AbortController();
  #timer;

  constructor(url) {
    super();
    this.url = String(url);
    this.#connect();
  }

  close() {
    this.readyState = EventSource.CLOSED;
    this.#ending.abort();
    clearTimeout(this.#timer);
  }

  async #connect() {
    const headers = { Accept: 'text/event-stream' };
    if (this.#lastEventId) headers['Last-Event-ID'] = this.#lastEventId;
    try {
      const response = await fetch(this.url, { headers, signal: this.#ending.signal });
      if (!response.ok || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) return this.#fail();
      this.readyState = EventSource.OPEN;
      this.#announce(new Event('open'));
      await this.#read(response.body);
    } catch {
      // A broken connection is opened again, whatever broke it
    }
    this.#comeBack();
  }

  async #read(body) {
    let text = '';
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      blocks.forEach((block) => this.#dispatch(block));
    }
  }

  #dispatch(block) {
    let type = 'message';
    const data = [];
    for (const line of block.split('\n')) {
      const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
      if (field === 'event') type = value;
      else if (field === 'data') data.push(value);
      else if (field === 'id') this.#lastEventId = value;
      else if (field === 'retry') this.#retry = Number(value);
    }
    if (!data.length || this.readyState === EventSource.CLOSED) return;
    this.dispatchEvent(new MessageEvent(type, { data: data.join('\n'), lastEventId: this.#lastEventId }));
  }

  #comeBack() {
    if (this.readyState === EventSource.CLOSED) return;
    this.readyState = EventSource.CONNECTING;
    this.#announce(new Event('error'));
    if (this.readyState !== EventSource.CLOSED) this.#timer = setTimeout(() => this.#connect(), this.#retry);
  }

  #fail() {
    this.readyState = EventSource.CLOSED;
    this.#announce(new Event('error'));
  }

  #announce(event) {
    this[`on${event.type}`]?.(event);
    this.dispatchEvent(event);
  }
}
