import { knownZone } from './dates.js';
import { momentFormat } from './language.js';

/** Values from the database as text: never as markup, and never in an attribute other than a title. */

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const DATE_STYLE = { year: 'numeric', month: 'short', day: 'numeric' };
const TIME_STYLE = { hour: '2-digit', minute: '2-digit', second: '2-digit' };

/** The exact value. */
export function textOf(value) {
  if (value == null) return 'null';
  return typeof value === 'object' && !isNumber(value) ? JSON.stringify(value) : String(value);
}

/** The client module represents a number that JavaScript would print differently (10.00) as an object. */
export function isNumber(value) {
  return typeof value === 'number' || value instanceof Number;
}

export function isMoment(value) {
  return typeof value === 'string' && MOMENT.test(value);
}

/** Values as shown in a zone: moments in its local time, everything else exact. */
export function looks(zone) {
  const moments = momentFormat(knownZone(zone), { ...DATE_STYLE, ...TIME_STYLE });
  return (value) => (isMoment(value) ? moments.format(new Date(value)) : textOf(value));
}
