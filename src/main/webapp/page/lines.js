import { say } from './language.js';
import { isNumber, looks, textOf } from './values.js';

const CELL_PADDING_REM = 1.5;
const LONG_TEXT = 32;

/** Creates a table's lines for one feed, set of columns and order. */
export class Lines {
  #feed;
  #columns;
  #look;

  /**
   * @param feed its `dateColumn` and `keyColumns` are highlighted
   * @param columns from Columns
   * @param zone in whose local time moments are shown
   */
  constructor(feed, columns, zone) {
    this.#feed = feed;
    this.#columns = columns;
    this.#look = looks(zone);
  }

  /** The total width, as CSS. */
  get width() {
    const characters = this.#columns.reduce((sum, column) => sum + column.characters, 0);
    return `calc(${characters}ch + ${this.#columns.length * CELL_PADDING_REM}rem)`;
  }

  widths() {
    return this.#columns.map(({ characters }) => {
      const column = document.createElement('col');
      column.style.width = `calc(${characters}ch + ${CELL_PADDING_REM}rem)`;
      return column;
    });
  }

  /** @param turn is called to reverse the order */
  heading(isNewestFirst, turn) {
    const line = document.createElement('tr');
    line.ariaRowIndex = '1';
    line.append(...this.#columns.map((column) => {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = column.name;
      cell.classList.toggle('number', column.isNumber);
      if (column.name === this.#feed.dateColumn) giveOrder(cell, isNewestFirst, turn);
      return cell;
    }));
    return line;
  }

  line({ row, mark }) {
    const line = document.createElement('tr');
    line.append(...this.#columns.map(({ name }) => this.#cell(name, row[name], mark)));
    if (mark) {
      if (mark.kind !== 'changed') line.className = mark.kind;
      // If it is drawn later, after scrolling, it is marked for the rest of the time
      line.style.setProperty('--marked', `${mark.since - performance.now()}ms`);
    }
    return line;
  }

  #cell(name, value, mark) {
    const cell = document.createElement(this.#feed.keyColumns.includes(name) ? 'th' : 'td');
    if (cell.localName === 'th') cell.scope = 'row';
    const exact = textOf(value);
    cell.textContent = this.#look(value);
    if (cell.textContent !== exact || exact.length > LONG_TEXT) cell.title = exact;
    cell.classList.toggle('null', value == null);
    cell.classList.toggle('number', isNumber(value));
    cell.classList.toggle('changed', mark?.columns?.has(name) ?? false);
    return cell;
  }
}

function giveOrder(cell, isNewestFirst, turn) {
  cell.ariaSort = isNewestFirst ? 'descending' : 'ascending';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = cell.textContent;
  button.title = say(isNewestFirst ? 'rows.newest' : 'rows.oldest');
  button.addEventListener('click', turn);
  cell.replaceChildren(button);
}
