/** Calendar days as the API takes them: `2026-11-23`. */

export const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The first and the last of so many days, the last being today in the zone. */
export function lastDays(days, zone) {
  const last = today(zone);
  const first = new Date(`${last}T00:00:00Z`);
  first.setUTCDate(first.getUTCDate() - days + 1);
  return [first.toISOString().slice(0, 10), last];
}

export function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** The zone if the browser knows it, otherwise the browser's own; the server checks the zone. */
export function knownZone(zone) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone || BROWSER_ZONE }).resolvedOptions().timeZone;
  } catch {
    return BROWSER_ZONE;
  }
}

function today(zone) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: knownZone(zone), dateStyle: 'short' }).format();
}
