import { isDay, knownZone } from './dates.js';

/** More bars cannot be told apart: then the next coarser unit is used. */
const MOST_BARS = 1000;

/** Each unit of time with the length of its prefix of a local time (`2026-11-23T08`). */
const UNITS = { hour: 13, day: 10, month: 7, year: 4 };

/** UTC offsets of time zones change at quarters of an hour. */
const QUARTER_MILLISECONDS = 900_000;
const MOST_REMEMBERED = 20_000;

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2})?/;
const OFFSET = /(Z|[+-]\d{2}:\d{2})$/;

/** Converts dates from the database to hours in a zone, with a cache, because Intl is slow. */
export class LocalHours {
  #known = new Map();
  #format;

  constructor(zone) {
    this.#format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: knownZone(zone), year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit',
    });
  }

  /** `2026-11-23T08`, or `2026-11-23` for a plain date; a date without an offset is already local. Otherwise undefined. */
  of(date) {
    if (typeof date !== 'string' || !LOCAL_TIME.test(date)) return undefined;
    if (!OFFSET.test(date) || date.length === UNITS.day) return date.slice(0, UNITS.hour);
    const quarter = Math.floor(Date.parse(date) / QUARTER_MILLISECONDS);
    if (Number.isNaN(quarter)) return undefined;
    if (this.#known.size > MOST_REMEMBERED) this.#known.clear();
    if (!this.#known.has(quarter)) {
      this.#known.set(quarter, this.#format.format(quarter * QUARTER_MILLISECONDS).replace(' ', 'T').slice(0, UNITS.hour));
    }
    return this.#known.get(quarter);
  }
}

/**
 * Sums rows by day or hour, including empty ones: `{unit, bars: [[time, value], …]}` in the order of time.
 *
 * @param hours a LocalHours
 * @param measure the column to sum, or nothing for the number of rows
 * @param startDate, endDate of the window: plain days are the bounds; otherwise the rows' dates are
 */
export function buckets(rows, { hours, dateColumn, measure, per, startDate, endDate }) {
  const values = rows
    .map((row) => [hours.of(row[dateColumn]), measure ? Number(row[measure]) || 0 : 1])
    .filter(([time]) => time !== undefined);
  const times = values.map(([time]) => time).sort();
  const [first, last] = [isDay(startDate) ? startDate : times[0], isDay(endDate) ? endDate : times.at(-1)];
  const units = Object.keys(UNITS).slice(per === 'hour' ? 0 : 1);
  const unit = units.find((one) => steps(first, last, one) <= MOST_BARS) ?? 'year';
  const sums = new Map(every(first, last, unit).map((time) => [time, 0]));
  for (const [time, value] of values) {
    const name = time.slice(0, UNITS[unit]);
    sums.set(name, (sums.get(name) ?? 0) + value);
  }
  return { unit, bars: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-MOST_BARS) };
}

function steps(first, last, unit) {
  if (first === undefined || last === undefined) return 0;
  const days = (Date.parse(last.slice(0, 10)) - Date.parse(first.slice(0, 10))) / 86_400_000 + 1;
  return { hour: days * 24, day: days, month: days / 28, year: days / 365 }[unit];
}

/** All hours of local time from the first day to the last, or all days, months or years. */
function every(first, last, unit) {
  const names = new Set();
  const count = steps(first, last, unit === 'hour' ? 'hour' : 'day');
  if (count > MOST_BARS * 400) return [];
  const start = Date.parse(first?.slice(0, 10));
  const step = unit === 'hour' ? 3_600_000 : 86_400_000;
  for (let index = 0; index < count; index++) names.add(new Date(start + index * step).toISOString().slice(0, UNITS[unit]));
  return [...names];
}
