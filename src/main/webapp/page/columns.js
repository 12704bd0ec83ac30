import { isMoment, isNumber, textOf } from './values.js';

const LEAST_CHARACTERS = 4;
const MOST_CHARACTERS = 36;
const MOMENT_CHARACTERS = 22;

/** The columns, derived from the rows. A column that was seen once stays, and never gets narrower. */
export class Columns {
  #byName = new Map();

  /** Takes a result; returns whether anything new was found. */
  learn(rows) {
    const before = JSON.stringify(this.list());
    for (const row of rows) {
      for (const name of Object.keys(row)) this.#look(name, row[name]);
    }
    return JSON.stringify(this.list()) !== before;
  }

  /** `{name, characters, isNumber}`, in the order in which they were seen; a number column holds only numbers and nulls. */
  list() {
    return [...this.#byName.values()].map(({ name, characters, numbers, others }) => ({
      name,
      characters: Math.max(LEAST_CHARACTERS, Math.min(characters, MOST_CHARACTERS)),
      isNumber: numbers && !others,
    }));
  }

  #look(name, value) {
    const column = this.#byName.get(name) ?? { name, characters: widthOf(name) + 2, numbers: false, others: false };
    this.#byName.set(name, column);
    column.characters = Math.max(column.characters, isMoment(value) ? MOMENT_CHARACTERS : widthOf(textOf(value)));
    if (isNumber(value)) column.numbers = true;
    else if (value != null) column.others = true;
  }
}

/** In half-widths: Hangul, Han and Kana take two. */
function widthOf(text) {
  const seen = text.slice(0, MOST_CHARACTERS);
  return seen.length + (seen.match(/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/g)?.length ?? 0);
}
