import { momentFormat, say, size } from './language.js';

const MOST_EVENTS = 200;
const MOST_CHARACTERS = 50_000;
const SHORT_DATA = 90;
const SHORT_ID = 10;
const at = (id) => document.getElementById(id);

/** The last events of the stream, newest first: bounded, filtered, and frozen while paused. */
export class EventLog {
  #events = [];
  #waiting = [];
  #isPaused = false;
  #encoder = new TextEncoder();

  constructor() {
    at('log-filter').addEventListener('input', () => this.#drawAll());
    at('log-pause').addEventListener('click', () => this.pause());
    at('log-clear').addEventListener('click', () => this.clear());
    document.addEventListener('language', () => this.#drawAll());
    this.#drawAll();
  }

  clear() {
    this.#events = [];
    this.#waiting = [];
    this.#drawAll();
  }

  /** Pauses, or shows what arrived meanwhile. */
  pause() {
    this.#isPaused = !this.#isPaused;
    at('log-pause').ariaPressed = String(this.#isPaused);
    this.#events = newest(this.#events, this.#waiting);
    this.#waiting = [];
    this.#drawAll();
  }

  /** Only the beginning of long data is kept. */
  add({ type, id, data }) {
    const event = {
      type,
      id,
      data: data.slice(0, MOST_CHARACTERS),
      isCut: data.length > MOST_CHARACTERS,
      bytes: this.#encoder.encode(data).length,
      time: new Date(),
    };
    if (this.#isPaused) {
      this.#waiting = newest(this.#waiting, [event]);
      return this.#tellState();
    }
    this.#events = newest(this.#events, [event]);
    if (this.#isWanted(event)) at('log-events').prepend(item(event));
    // Events are removed in the order in which they arrived, and so are their items
    const oldest = this.#events.at(-1).time.getTime();
    const lastItem = () => at('log-events').lastElementChild;
    while (lastItem()?.dataset.time < oldest || at('log-events').childElementCount > MOST_EVENTS) lastItem().remove();
    this.#tellState();
  }

  #isWanted({ type, id, data }) {
    const wanted = at('log-filter').value.toLowerCase();
    return [type, id, data].some((text) => text.toLowerCase().includes(wanted));
  }

  #drawAll() {
    at('log-pause').textContent = say(this.#isPaused ? 'log.resume' : 'log.pause');
    at('log-events').replaceChildren(...this.#events.filter((event) => this.#isWanted(event)).map(item));
    this.#tellState();
  }

  #tellState() {
    const counts = { shown: at('log-events').childElementCount, count: this.#events.length };
    at('log-state').textContent =
      this.#isPaused ? say('log.waiting', { count: this.#waiting.length })
      : !counts.count ? say('log.none')
      : say(counts.shown < counts.count ? 'log.shown' : 'log.count', counts);
  }
}

function newest(events, later) {
  return [...later, ...events].slice(0, MOST_EVENTS);
}

function item({ type, id, data, bytes, time, isCut }) {
  const item = document.createElement('li');
  item.dataset.time = time.getTime();
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.append(
    part('time', clock(time)),
    part('type', type),
    part('id', id.slice(0, SHORT_ID)),
    part('size', size(bytes)),
    part('data', data.slice(0, SHORT_DATA)),
  );
  details.append(summary);
  // Folded data is not in the document
  details.addEventListener('toggle', () => {
    details.append(part('id', id));
    if (isCut) details.append(part('note', say('log.cut', { kept: size(MOST_CHARACTERS), size: size(bytes) })));
    details.append(part('whole', data));
  }, { once: true });
  item.append(details);
  return item;
}

function part(name, text) {
  const element = document.createElement(name === 'whole' ? 'pre' : 'span');
  element.className = name;
  element.textContent = text;
  return element;
}

function clock(time) {
  const style = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 };
  return momentFormat(undefined, style).format(time);
}
