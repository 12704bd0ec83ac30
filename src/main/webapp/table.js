/** Where more than this is marked, nothing stands out, and the animations alone would keep the browser busy. */
const MOST_MARKS = 500;

/**
 * A result as a table that changes only where the result changed: a row keeps its element as long as its key stays, and
 * what was just added or changed is marked for a moment.
 */
export class LiveTable {
  #head;
  #body;
  #feed;
  #columns;
  #entries;
  #isFirst;
  #marks;

  constructor(table) {
    this.#head = table.tHead;
    this.#body = table.tBodies[0];
    this.#body.addEventListener('animationend', ({ target }) => target.classList.remove('added', 'changed', 'changed-again'));
  }

  /** Forgets all rows: the next result is another window's, and nothing in it counts as added. */
  clear(feed) {
    this.#feed = feed;
    this.#columns = [];
    this.#entries = new Map();
    this.#isFirst = true;
    this.#head.replaceChildren();
    this.#body.replaceChildren();
  }

  /** Shows a result; returns how it differs from the one before, `{added, changed, removed}`, unless it is the first. */
  show(rows) {
    const difference = { added: 0, changed: 0, removed: 0 };
    this.#marks = [];
    this.#takeColumns(rows);
    const next = new Map();
    for (const row of rows) {
      const key = this.#freeKey(row, next);
      next.set(key, this.#entry(row, this.#entries.get(key), difference));
    }
    for (const [key, { element }] of this.#entries) {
      if (next.has(key)) continue;
      element.remove();
      difference.removed++;
    }
    this.#place([...next.values()]);
    this.#entries = next;
    if (this.#isFirst) {
      this.#isFirst = false;
      return undefined;
    }
    if (this.#marks.length <= MOST_MARKS) this.#marks.forEach(mark);
    return difference;
  }

  /** Columns are known from the rows; one that first shows in a later row is added at the end of every row. */
  #takeColumns(rows) {
    const known = new Set(this.#columns);
    for (const row of rows) {
      for (const column in row) known.add(column);
    }
    if (known.size === this.#columns.length) return;
    this.#columns = [...known];
    this.#head.replaceChildren(this.#heading(rows));
    for (const { element, row } of this.#entries.values()) element.replaceChildren(...this.#cells(row));
  }

  #heading(rows) {
    const line = document.createElement('tr');
    for (const column of this.#columns) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = column;
      if (column === this.#feed.dateColumn) cell.ariaSort = 'ascending';
      if (isNumber(rows.find((row) => row[column] != null)?.[column])) cell.className = 'number';
      line.append(cell);
    }
    return line;
  }

  #entry(row, entry, difference) {
    const json = JSON.stringify(row);
    if (!entry) {
      difference.added++;
      return { row, json, element: this.#line(row), position: -1 };
    }
    if (entry.json !== json) {
      difference.changed++;
      this.#rewrite(entry, row);
    }
    return { ...entry, row, json };
  }

  #line(row) {
    const line = document.createElement('tr');
    line.append(...this.#cells(row));
    this.#marks.push(line);
    return line;
  }

  #cells(row) {
    return this.#columns.map((column) => {
      const cell = document.createElement(this.#feed.keyColumns.includes(column) ? 'th' : 'td');
      if (cell.localName === 'th') cell.scope = 'row';
      write(cell, row[column]);
      return cell;
    });
  }

  #rewrite({ element, row: before }, row) {
    this.#columns.forEach((column, index) => {
      if (JSON.stringify(before[column]) === JSON.stringify(row[column])) return;
      const cell = element.cells[index];
      write(cell, row[column]);
      this.#marks.push(cell);
    });
  }

  /** The row's key as text; should a key come twice, the second row is still shown. */
  #freeKey(row, taken) {
    const key = JSON.stringify(this.#feed.keyColumns.map((column) => row[column]));
    let free = key;
    for (let copy = 2; taken.has(free); copy++) free = `${key} ${copy}`;
    return free;
  }

  /** Brings the elements into order by moving as few as can be, from the last to the first. */
  #place(entries) {
    const staying = longestAscent(entries.map(({ position }) => position));
    let following = null;
    for (let at = entries.length - 1; at >= 0; at--) {
      const entry = entries[at];
      if (!staying.has(at)) this.#body.insertBefore(entry.element, following);
      following = entry.element;
      entry.position = at;
    }
  }
}

/** Indexes of a longest strictly ascending subsequence; a negative number (a newcomer) is never part of it. */
function longestAscent(numbers) {
  const tails = [];
  const previous = [];
  numbers.forEach((number, index) => {
    if (number < 0) return;
    const length = firstNotBelow(number, tails, numbers);
    previous[index] = tails[length - 1];
    tails[length] = index;
  });
  const members = new Set();
  for (let index = tails.at(-1); index !== undefined; index = previous[index]) members.add(index);
  return members;
}

function firstNotBelow(number, tails, numbers) {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[tails[middle]] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

const LONG_TEXT = 48;

/** A value from the database is only ever text: never markup, never an attribute. */
function write(cell, value) {
  cell.textContent = textOf(value);
  cell.classList.toggle('null', value == null);
  cell.classList.toggle('number', isNumber(value));
  cell.classList.toggle('long', cell.textContent.length > LONG_TEXT);
}

function textOf(value) {
  if (value == null) return 'null';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isNumber(value) {
  return typeof value === 'number' || (JSON.isRawJSON?.(value) ?? false);
}

/** A cell that is marked still gets the other of two equal animations: so it starts again without asking for a layout. */
function mark(element) {
  const { classList, localName } = element;
  if (localName === 'tr') classList.add('added');
  else if (!classList.replace('changed', 'changed-again')) {
    classList.remove('changed-again');
    classList.add('changed');
  }
}
