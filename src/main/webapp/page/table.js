import { Columns } from './columns.js';
import { say } from './language.js';
import { isNumber, looks, textOf } from './values.js';

/** Rows kept above and below those that are seen, so that scrolling shows no gap. */
const SPARE_ROWS = 8;
const ROW_REM = 2.25;
const CELL_PADDING_REM = 1.5;

/**
 * The rows as a grid (WAI-ARIA, pattern grid) of which only what is seen is in the document, between two spaces as high as
 * the rest. The grid itself has the focus, and names the cell that the arrow keys have led to.
 */
export class Table {
  #scroller;
  #table;
  #body;
  #above;
  #below;
  #columns = new Columns();
  #feed = { keyColumns: [] };
  #look = textOf;
  #entries = [];
  #isNewestFirst = true;
  #lines = new Map();
  #active;
  #drawing;
  #onOpen;
  #onOrder;

  constructor(scroller, { onOpen, onOrder }) {
    this.#scroller = scroller;
    this.#table = scroller.querySelector('table');
    [this.#above, this.#body, this.#below] = this.#table.tBodies;
    this.#onOpen = onOpen;
    this.#onOrder = onOrder;
    scroller.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    new ResizeObserver(() => this.#drawSoon()).observe(scroller);
    this.#table.addEventListener('keydown', (event) => this.#move(event));
    this.#body.addEventListener('click', ({ target }) => this.#point(target));
    this.#body.addEventListener('dblclick', () => this.#openActive());
  }

  /** Another window. */
  clear(feed) {
    this.#feed = feed;
    this.#columns = new Columns();
    this.#active = undefined;
    this.#entries = [];
    this.#scroller.scrollTop = 0;
    this.#redrawAll();
  }

  /** @param zone whose local time moments are shown in */
  setLook(zone) {
    this.#look = looks(zone);
    this.#redrawAll();
  }

  setOrder(isNewestFirst) {
    this.#isNewestFirst = isNewestFirst;
    this.#scroller.scrollTop = 0;
    this.#redrawAll();
  }

  get columns() {
    return this.#columns.list();
  }

  /** Rows that are seen stay where they are seen, whatever comes in above them, unless the first of all is seen. */
  show(entries) {
    const isNew = this.#columns.learn(entries.map(({ row }) => row));
    const anchor = this.#scroller.scrollTop > 0 ? this.#at(this.#firstSeen())?.key : undefined;
    const before = anchor === undefined ? -1 : this.#indexOf(anchor);
    this.#entries = entries;
    if (isNew) this.#redrawAll();
    const moved = before < 0 ? -1 : this.#indexOf(anchor);
    this.#draw();
    if (moved >= 0 && moved !== before) {
      this.#scroller.scrollTop += (moved - before) * rowHeight();
      this.#draw();
    }
  }

  #drawSoon() {
    this.#drawing ??= requestAnimationFrame(() => this.#draw());
  }

  #redrawAll() {
    this.#lines.clear();
    this.#body.replaceChildren();
    this.#table.tHead.replaceChildren(this.#heading());
    this.#table.querySelector('colgroup').replaceChildren(...this.columns.map(columnWidth));
    const rem = this.columns.length * CELL_PADDING_REM;
    this.#table.style.minWidth = `calc(${this.columns.reduce((sum, { characters }) => sum + characters, 0)}ch + ${rem}rem)`;
    this.#draw();
  }

  #draw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = undefined;
    const count = this.#entries.length;
    const first = Math.max(0, Math.min(this.#firstSeen(), count) - SPARE_ROWS);
    const last = Math.min(count, this.#firstSeen() + Math.ceil(this.#scroller.clientHeight / rowHeight()) + SPARE_ROWS);
    setHeight(this.#above, first);
    setHeight(this.#below, count - last);
    const lines = new Map();
    for (let index = first; index < last; index++) {
      const entry = this.#at(index);
      const line = this.#lines.get(entry) ?? this.#line(entry);
      line.ariaRowIndex = String(index + 2);
      lines.set(entry, line);
    }
    this.#lines = lines;
    arrange(this.#body, [...lines.values()]);
    this.#table.ariaRowCount = String(count + 1);
    this.#table.ariaColCount = String(this.columns.length);
    this.#showActive();
  }

  #heading() {
    const line = document.createElement('tr');
    line.ariaRowIndex = '1';
    line.append(...this.columns.map((column) => this.#headingCell(column)));
    return line;
  }

  #headingCell({ name, isNumber }) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.classList.toggle('number', isNumber);
    if (name !== this.#feed.dateColumn) {
      cell.textContent = name;
      return cell;
    }
    cell.ariaSort = this.#isNewestFirst ? 'descending' : 'ascending';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.title = say(this.#isNewestFirst ? 'rows.newest' : 'rows.oldest');
    button.addEventListener('click', () => this.#onOrder(!this.#isNewestFirst));
    cell.append(button);
    return cell;
  }

  #line(entry) {
    const line = document.createElement('tr');
    const { mark, row } = entry;
    if (mark && mark.kind !== 'changed') line.className = mark.kind;
    line.append(...this.columns.map(({ name }) => this.#cell(name, row[name], mark)));
    // Drawn late, after having been scrolled to, it is marked for what is left of the moment
    if (mark) line.style.setProperty('--marked', `${mark.since - performance.now()}ms`);
    return line;
  }

  #cell(name, value, mark) {
    const cell = document.createElement(this.#feed.keyColumns.includes(name) ? 'th' : 'td');
    if (cell.localName === 'th') cell.scope = 'row';
    const exact = textOf(value);
    cell.textContent = this.#look(value);
    if (cell.textContent !== exact || exact.length > SPARE_ROWS * 4) cell.title = exact;
    cell.classList.toggle('null', value == null);
    cell.classList.toggle('number', isNumber(value));
    cell.classList.toggle('changed', mark?.columns?.has(name) ?? false);
    return cell;
  }

  /** The entry at a place from the top. */
  #at(index) {
    return this.#entries[this.#isNewestFirst ? this.#entries.length - 1 - index : index];
  }

  #indexOf(key) {
    const index = this.#entries.findIndex((entry) => entry.key === key);
    return index < 0 || !this.#isNewestFirst ? index : this.#entries.length - 1 - index;
  }

  #firstSeen() {
    return Math.floor(this.#scroller.scrollTop / rowHeight());
  }

  #move(event) {
    if (event.target !== this.#table || !this.#entries.length) return;
    if (event.key === 'Enter') return this.#openActive();
    const { row, column } = this.#place();
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / rowHeight()) - 2);
    const [lastRow, lastColumn] = [this.#entries.length - 1, this.columns.length - 1];
    const place = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      PageUp: [row - page, column],
      PageDown: [row + page, column],
      Home: event.ctrlKey ? [0, 0] : [row, 0],
      End: event.ctrlKey ? [lastRow, lastColumn] : [row, lastColumn],
    }[event.key];
    if (!place) return;
    event.preventDefault();
    const [toRow, toColumn] = this.#active || event.ctrlKey ? place : [row, column];
    this.#activate(Math.max(0, Math.min(toRow, lastRow)), Math.max(0, Math.min(toColumn, lastColumn)));
  }

  /** Where the active cell is now, its row being wherever its key is; the first seen if there is none. */
  #place() {
    const row = this.#active ? this.#indexOf(this.#active.key) : -1;
    return { row: row < 0 ? this.#firstSeen() : row, column: this.#active?.column ?? 0 };
  }

  #activate(row, column) {
    this.#active = { key: this.#at(row).key, column };
    const [top, height] = [row * rowHeight(), this.#scroller.clientHeight - rowHeight()];
    if (top < this.#scroller.scrollTop) this.#scroller.scrollTop = top;
    if (top + rowHeight() > this.#scroller.scrollTop + height) this.#scroller.scrollTop = top + rowHeight() - height;
    this.#draw();
    this.#body.querySelector('#active-cell')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #showActive() {
    this.#body.querySelector('#active-cell')?.removeAttribute('id');
    const entry = this.#active && [...this.#lines.keys()].find(({ key }) => key === this.#active.key);
    const cell = entry && this.#lines.get(entry).cells[this.#active.column];
    if (!cell) return this.#table.removeAttribute('aria-activedescendant'); // it was scrolled out of the document
    cell.id = 'active-cell';
    this.#table.setAttribute('aria-activedescendant', cell.id);
  }

  #point(target) {
    const cell = target.closest('th, td');
    if (!cell) return;
    this.#active = { key: this.#at(Number(cell.parentElement.ariaRowIndex) - 2).key, column: cell.cellIndex };
    this.#showActive();
  }

  #openActive() {
    const entry = this.#active && this.#entries.find(({ key }) => key === this.#active.key);
    if (entry) this.#onOpen(entry.row);
  }
}

function rowHeight() {
  return ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function setHeight(space, rows) {
  space.hidden = rows === 0;
  space.rows[0].cells[0].style.height = `${rows * rowHeight()}px`;
}

function columnWidth({ characters }) {
  const column = document.createElement('col');
  column.style.width = `calc(${characters}ch + ${CELL_PADDING_REM}rem)`;
  return column;
}

/** Brings lines into a body; what is in its place is not touched, as its animation would begin again. */
function arrange(body, lines) {
  const wanted = new Set(lines);
  for (const line of [...body.rows]) if (!wanted.has(line)) line.remove();
  let next = body.firstElementChild;
  for (const line of lines) {
    if (line === next) next = next.nextElementSibling;
    else body.insertBefore(line, next);
  }
}
