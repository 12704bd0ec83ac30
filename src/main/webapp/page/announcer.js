import { say } from './language.js';

/** Changes are announced together, at most this often. */
const PAUSE_MILLISECONDS = 10_000;

/** What a screen reader announces, politely: each change of the connection's state, and now and then what changed. */
export class Announcer {
  #region;
  #difference = { added: 0, changed: 0, removed: 0 };
  #timer;

  constructor(region) {
    this.#region = region;
  }

  say(text) {
    this.#region.textContent = text;
  }

  /** @param difference `{added, changed, removed}` */
  tell(difference) {
    for (const [what, count] of Object.entries(difference)) this.#difference[what] += count;
    this.#timer ??= setTimeout(() => this.#tellAll(), this.#region.textContent ? PAUSE_MILLISECONDS : 0);
  }

  #tellAll() {
    this.#timer = undefined;
    const parts = Object.entries(this.#difference).filter(([, count]) => count > 0);
    this.say(parts.map(([what, count]) => say(`rows.${what}`, { count })).join(', '));
    this.#difference = { added: 0, changed: 0, removed: 0 };
  }
}
