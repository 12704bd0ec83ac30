/** If more rows than this differ, none is marked, because none would stand out. */
const MOST_MARKS = 500;
const MARK_MILLISECONDS = 2500;

/**
 * The rows to show: those of the window in order, marked for a moment if just added or changed, and for that moment also the
 * rows that were just removed, in their former places.
 *
 * An entry is immutable: `{key, row, mark}`, where the mark is undefined or `{kind, since, columns}`.
 */
export class Rows {
  #keyColumns = [];
  #entries = [];
  #present = new Map();
  #isFirst = true;

  /** Starts over: the next result is another window's, and nothing in it counts as added. */
  clear(keyColumns) {
    this.#keyColumns = keyColumns;
    this.#entries = [];
    this.#present = new Map();
    this.#isFirst = true;
  }

  /** In the order of (date, key). */
  get entries() {
    return this.#entries;
  }

  /**
   * Takes the next result, in which a row that did not change is the same object. Returns how it differs from the previous
   * one, `{added, changed, removed}`, or undefined if it is the first.
   */
  take(rows, now) {
    const difference = { added: 0, changed: 0, removed: 0 };
    const next = new Map();
    for (const row of rows) {
      const key = this.#freeKey(row, next);
      next.set(key, entry(key, row, this.#present.get(key), difference, now));
    }
    for (const key of this.#present.keys()) {
      if (!next.has(key)) difference.removed++;
    }
    const { added, changed, removed } = difference;
    const isQuiet = this.#isFirst || added + changed + removed > MOST_MARKS;
    this.#keep(isQuiet ? [...next.values()].map(unmarked) : this.#withRemoved(next, now));
    const wasFirst = this.#isFirst;
    this.#isFirst = false;
    return wasFirst ? undefined : difference;
  }

  /** Removes marks that were shown long enough; returns when the next one will have been, or undefined. */
  sweep(now) {
    const ends = ({ mark }) => mark.since + MARK_MILLISECONDS;
    const isSeen = (entry) => entry.mark && ends(entry) <= now;
    if (this.#entries.some(isSeen)) {
      const staying = this.#entries.filter((entry) => !(isRemoved(entry) && isSeen(entry)));
      this.#keep(staying.map((entry) => (isSeen(entry) ? unmarked(entry) : entry)));
    }
    const next = this.#entries.filter(({ mark }) => mark).map(ends);
    return next.length ? Math.min(...next) : undefined;
  }

  #keep(entries) {
    this.#entries = entries;
    this.#present = new Map(entries.filter((entry) => !isRemoved(entry)).map((entry) => [entry.key, entry]));
  }

  /** Each removed row after the one that it followed before. */
  #withRemoved(next, now) {
    const removedBehind = new Map();
    let behind;
    for (const entry of this.#entries) {
      const wasRemoved = isRemoved(entry);
      if (!wasRemoved && next.has(entry.key)) {
        behind = entry.key;
      } else if (!next.has(entry.key)) {
        const ghost = wasRemoved ? entry : { ...entry, mark: { kind: 'removed', since: now } };
        removedBehind.set(behind, [...(removedBehind.get(behind) ?? []), ghost]);
      }
    }
    return [undefined, ...next.keys()].flatMap((key) => {
      const removed = removedBehind.get(key) ?? [];
      return key === undefined ? removed : [next.get(key), ...removed];
    });
  }

  /** The row's key as text; if a key occurs twice, the second row is shown, too. */
  #freeKey(row, taken) {
    const key = JSON.stringify(this.#keyColumns.map((column) => row[column]));
    let free = key;
    for (let copy = 2; taken.has(free); copy++) free = `${key} ${copy}`;
    return free;
  }
}

function entry(key, row, before, difference, now) {
  if (before?.row === row) return before;
  if (!before) {
    difference.added++;
    return { key, row, mark: { kind: 'added', since: now } };
  }
  difference.changed++;
  return { key, row, mark: { kind: 'changed', since: now, columns: changedColumns(before.row, row) } };
}

function changedColumns(before, row) {
  return new Set(Object.keys(row).filter((column) => JSON.stringify(before[column]) !== JSON.stringify(row[column])));
}

function isRemoved({ mark }) {
  return mark?.kind === 'removed';
}

function unmarked(entry) {
  return entry.mark ? { ...entry, mark: undefined } : entry;
}
