import { Columns } from './columns.js';
import { Lines } from './lines.js';
import { step } from './steps.js';

/** Rows kept above and below the visible ones, so that scrolling shows no gap. */
const SPARE_ROWS = 8;
const ROW_REM = 2.25;

/**
 * The rows as a grid. Only the visible ones are in the document, between two spacers as high as the rest. The grid itself has
 * the focus, and names the current cell.
 */
export class Table {
  #scroller;
  #table;
  #above;
  #body;
  #below;
  #onOpen;
  #onOrder;
  #feed = { keyColumns: [] };
  #zone = '';
  #isNewestFirst = true;
  #columns = new Columns();
  #lines = new Lines(this.#feed, [], '');
  #entries = [];
  #drawn = new Map(); // entry to line
  #active; // the key of a row and the index of a column
  #drawing;

  /** `onOpen` gets a row to show in full; `onOrder` whether the newest rows come first. */
  constructor(scroller, { onOpen, onOrder }) {
    this.#scroller = scroller;
    this.#table = scroller.querySelector('table');
    [this.#above, this.#body, this.#below] = this.#table.tBodies;
    this.#onOpen = onOpen;
    this.#onOrder = onOrder;
    scroller.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    new ResizeObserver(() => this.#drawSoon()).observe(scroller);
    this.#table.addEventListener('keydown', (event) => this.#press(event));
    this.#body.addEventListener('click', ({ target }) => this.#point(target));
    this.#body.addEventListener('dblclick', () => this.#openActive());
  }

  /** Starts over for another window. */
  clear(feed, zone, isNewestFirst) {
    this.#feed = feed;
    this.#zone = zone;
    this.#columns = new Columns();
    this.#entries = [];
    this.#active = undefined;
    this.setOrder(isNewestFirst);
  }

  setOrder(isNewestFirst) {
    this.#isNewestFirst = isNewestFirst;
    this.#scroller.scrollTop = 0;
    this.redraw();
  }

  get columns() {
    return this.#columns.list();
  }

  /** Visible rows stay in place when others are inserted above, unless the first row is visible. */
  show(entries) {
    const anchor = this.#scroller.scrollTop > 0 ? this.#at(this.#firstSeen())?.key : undefined;
    const before = this.#indexOf(anchor);
    this.#entries = entries;
    if (this.#columns.learn(entries.map(({ row }) => row))) this.redraw();
    else this.#draw();
    const after = this.#indexOf(anchor);
    if (before >= 0 && after >= 0 && before !== after) {
      this.#scroller.scrollTop += (after - before) * rowHeight();
      this.#draw();
    }
  }

  /** Draws everything again, because the language or the columns may have changed. */
  redraw() {
    this.#lines = new Lines(this.#feed, this.columns, this.#zone);
    this.#drawn.clear();
    this.#body.replaceChildren();
    this.#table.tHead.replaceChildren(this.#lines.heading(this.#isNewestFirst, () => this.#onOrder(!this.#isNewestFirst)));
    this.#table.querySelector('colgroup').replaceChildren(...this.#lines.widths());
    this.#table.style.minWidth = this.#lines.width;
    this.#draw();
  }

  #drawSoon() {
    this.#drawing ??= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = undefined;
    const count = this.#entries.length;
    const first = Math.max(0, Math.min(this.#firstSeen(), count) - SPARE_ROWS);
    const last = Math.min(count, this.#firstSeen() + this.#seen() + SPARE_ROWS);
    setHeight(this.#above, first);
    setHeight(this.#below, count - last);
    const drawn = new Map();
    for (let index = first; index < last; index++) {
      const entry = this.#at(index);
      const line = this.#drawn.get(entry) ?? this.#lines.line(entry);
      line.ariaRowIndex = String(index + 2);
      drawn.set(entry, line);
    }
    this.#drawn = drawn;
    arrange(this.#body, [...drawn.values()]);
    this.#table.ariaRowCount = String(count + 1);
    this.#table.ariaColCount = String(this.columns.length);
    this.#showActive();
  }

  /** The entry at an index from the top. */
  #at(index) {
    return this.#entries[this.#isNewestFirst ? this.#entries.length - 1 - index : index];
  }

  /** Its index from the top; negative if there is none. */
  #indexOf(key) {
    const index = this.#entries.findIndex((entry) => entry.key === key);
    return index < 0 || !this.#isNewestFirst ? index : this.#entries.length - 1 - index;
  }

  #firstSeen() {
    return Math.floor(this.#scroller.scrollTop / rowHeight());
  }

  #seen() {
    return Math.ceil(this.#scroller.clientHeight / rowHeight());
  }

  #press(event) {
    if (event.target !== this.#table || !this.#entries.length) return;
    const [lastRow, lastColumn] = [this.#entries.length - 1, this.columns.length - 1];
    const bounds = { page: Math.max(1, this.#seen() - 3), lastRow, lastColumn };
    const row = this.#indexOf(this.#active?.key);
    const at = row < 0 ? undefined : { row, column: this.#active.column };
    const place = step(event, at ?? { row: this.#firstSeen(), column: 0 }, bounds);
    if (!place && event.key !== 'Enter') return;
    event.preventDefault();
    if (!place) this.#openActive();
    else if (at || event.ctrlKey) this.#activate(...place);
    else this.#activate(this.#firstSeen(), 0); // the first key shows where one is
  }

  #activate(row, column) {
    this.#active = { key: this.#at(row).key, column };
    const top = row * rowHeight();
    // One row's height is the heading's, under which the rows scroll
    const lowest = top + 2 * rowHeight() - this.#scroller.clientHeight;
    this.#scroller.scrollTop = Math.max(lowest, Math.min(top, this.#scroller.scrollTop));
    this.#draw();
    this.#body.querySelector('#active-cell')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #showActive() {
    this.#body.querySelector('#active-cell')?.removeAttribute('id');
    const [, line] = [...this.#drawn].find(([{ key }]) => key === this.#active?.key) ?? [];
    if (!line) return this.#table.removeAttribute('aria-activedescendant'); // it was scrolled out of the document
    line.cells[this.#active.column].id = 'active-cell';
    this.#table.setAttribute('aria-activedescendant', 'active-cell');
  }

  #point(target) {
    const cell = target.closest('th, td');
    if (!cell) return;
    this.#active = { key: this.#at(Number(cell.parentElement.ariaRowIndex) - 2).key, column: cell.cellIndex };
    this.#showActive();
  }

  #openActive() {
    const entry = this.#entries.find(({ key }) => key === this.#active?.key);
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

/** Puts lines into a body; those already in place are not touched, because their animation would restart. */
function arrange(body, lines) {
  const wanted = new Set(lines);
  for (const line of [...body.rows]) if (!wanted.has(line)) line.remove();
  let next = body.firstElementChild;
  for (const line of lines) {
    if (line === next) next = next.nextElementSibling;
    else body.insertBefore(line, next);
  }
}
