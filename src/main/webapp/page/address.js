/**
 * What the address bar holds, so that it can be shared: the window under the names that the API uses, then how it is looked
 * at. What is empty is left out.
 */

/** The names of a window in the API. */
export const WINDOW = ['feed', 'startDate', 'endDate', 'zone', 'mode'];
const NAMES = [...WINDOW, 'order', 'measure', 'per'];

/** What an address says, every name present; undefined if it names nothing of a window. */
export function fromAddress(search) {
  const given = new URLSearchParams(search);
  if (!WINDOW.some((name) => given.has(name))) return undefined;
  return Object.fromEntries(NAMES.map((name) => [name, given.get(name) ?? '']));
}

export function toAddress(settings) {
  return `?${new URLSearchParams(NAMES.filter((name) => settings[name]).map((name) => [name, settings[name]]))}`;
}
