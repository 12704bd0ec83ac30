import { momentFormat, number, say } from './language.js';
import { Latency } from './latency.js';

const MINUTE = 60_000;
const at = (id) => document.getElementById(id);

/** The figures in the header. */
export class Figures {
  #arrivals = [];
  #rows;
  #latencyMilliseconds;
  #changed;
  latency = new Latency((milliseconds) => {
    this.#latencyMilliseconds = milliseconds;
    this.#write();
  });

  constructor() {
    setInterval(() => this.#write(), 2000);
    document.addEventListener('language', () => this.#write());
  }

  /** Starts over for another window. */
  clear() {
    this.#arrivals = [];
    this.#rows = this.#latencyMilliseconds = this.#changed = undefined;
    this.#write();
  }

  /** An event with rows has arrived. */
  count(now) {
    this.#arrivals.push(now);
  }

  show(rows, hasChanged) {
    this.#rows = rows;
    if (hasChanged) this.#changed = new Date();
    this.#write();
  }

  #write() {
    const since = performance.now() - MINUTE;
    this.#arrivals = this.#arrivals.filter((time) => time > since);
    at('rate').textContent = number(this.#arrivals.length);
    at('rows').textContent = this.#rows === undefined ? '–' : number(this.#rows);
    at('latency').textContent = this.#latencyMilliseconds === undefined ? '–' : milliseconds(this.#latencyMilliseconds);
    const clock = momentFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
    at('changed').textContent = this.#changed ? clock.format(this.#changed) : say('figures.none');
    if (this.#changed) at('changed').dateTime = this.#changed.toISOString();
    else at('changed').removeAttribute('datetime');
  }
}

function milliseconds(value) {
  return number(value, { style: 'unit', unit: 'millisecond', maximumFractionDigits: value < 10 ? 1 : 0 });
}
