import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventSource } from './event-source.js';

/** A real server: ModuleIT starts it and passes its address and that of its remote control. */
export const { LIVESPAN_TEST_API: api, LIVESPAN_TEST_CONTROL: control } = process.env;
export const REAL = api ? {} : { skip: 'no server: ModuleIT starts one' };
const PATIENCE = 60_000;

globalThis.EventSource = EventSource;
export const { ExactNumber, feeds, live } = await import('../../main/webapp/livespan.js');

const toClose = [];

export async function please(deed, body = '') {
  const response = await fetch(`${control}/${deed}`, { method: 'POST', body });
  assert.ok(response.ok, await response.text());
}

export const execute = (sql) => please('execute', sql);

beforeEach(() => api && execute('truncate orders, sizes, times, zoneless, quoted'));
afterEach(() => toClose.splice(0).forEach((window) => window.close()));

/** Waits for a condition, never for a time. */
export async function until(what, condition) {
  const end = performance.now() + PATIENCE;
  while (!(await condition())) {
    assert.ok(performance.now() < end, `not in time: ${what}`);
    await sleep(20);
  }
}

/** A window on the real server, and all that its listener hears. */
export function open(feed, options) {
  const heard = { rows: [], info: [], states: [], problems: [], timings: [], events: [] };
  heard.address = new URL(`feeds/${feed}`, api);
  heard.window = live(heard.address, {
    onRows: (rows, info) => (heard.rows.push(rows), heard.info.push(info)),
    onState: ({ state, problem }) => (heard.states.push(state), heard.problems.push(problem)),
    onEvent: (event) => heard.events.push(event),
    onTiming: (timing) => heard.timings.push(timing),
    ...options,
  });
  toClose.push(heard.window);
  heard.is = (state) => until(`it is ${state}, and not ${heard.states}`, () => heard.states.at(-1) === state);
  heard.query = options ? `?${new URLSearchParams(options)}` : '';
  return heard;
}

/** With plain numbers, as without the module; their text is verified by the digest. */
function plain(value) {
  if (value instanceof ExactNumber) return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  return value && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
    : value;
}

/** Waits until a listener has the digest of the plain result, and asserts that it has the same rows. */
export async function agrees(heard) {
  let result;
  let tag;
  await until('the window shows what a plain request does', async () => {
    const response = await fetch(heard.address + heard.query);
    assert.equal(response.status, 200);
    result = await response.text();
    // Weak if the result was compressed
    tag = response.headers.get('ETag').replace('W/', '');
    return tag === `"${heard.info.at(-1)?.digest}"`;
  });
  assert.deepEqual(plain(heard.rows.at(-1)), JSON.parse(result));
  assert.equal(await heard.info.at(-1).proof, true);
}

export const order = (customer, day) =>
  execute(`insert into orders (customer, amount, created_at) values ('${customer}', 10.00, '2026-05-${day}T12:00:00Z')`);

export const MAY = { startDate: '2026-05-01', endDate: '2026-05-31' };
export const customers = (heard) => heard.rows.at(-1).map(({ customer }) => customer);
