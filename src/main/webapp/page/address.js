/**
 * The state in the page's address, so that it can be shared: the window, with the API's parameter names, and the view. Empty
 * values are omitted.
 */

/** The API's parameters for a window. */
export const WINDOW = ['feed', 'startDate', 'endDate', 'zone', 'mode'];
const NAMES = [...WINDOW, 'order', 'measure', 'per'];

/** The state in an address, with every name present; undefined if it has no parameter of a window. */
export function fromAddress(search) {
  const given = new URLSearchParams(search);
  if (!WINDOW.some((name) => given.has(name))) return undefined;
  return Object.fromEntries(NAMES.map((name) => [name, given.get(name) ?? '']));
}

export function toAddress(settings) {
  return `?${new URLSearchParams(NAMES.filter((name) => settings[name]).map((name) => [name, settings[name]]))}`;
}
