import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { digestOf, FakeEventSource, happens, json, open, pass, problem, row, SECOND, server, settle } from './browser.js';

const { feeds, live } = await import('../../main/webapp/livespan.js');

const MINUTE = 60 * SECOND;

beforeEach(() => {
  server.asked.length = 0;
  server.answer = () => undefined;
});

/** A listener that is live with one row. */
async function isLive(options) {
  const heard = await open(live, options);
  await heard.source().opens();
  await heard.source().result('snapshot', row(1));
  assert.equal(heard.state(), 'live');
  return heard;
}

const DIGEST = digestOf([row(1)]);
const unchanged = (_address, headers) =>
  headers['If-None-Match'] === `"${DIGEST}"` ? new Response(null, { status: 304 }) : json([]);

test('it is connecting until the first result, then live', async () => {
  const heard = await open(live);
  assert.deepEqual(heard.states, ['connecting']);
  await heard.source().opens();
  assert.deepEqual(heard.states, ['connecting']);
  await heard.source().result('snapshot', row(1));
  assert.deepEqual(heard.states, ['connecting', 'live']);
  await pass(2 * SECOND);
  assert.equal(server.asked.length, 0, 'nobody asks what an event has told');
});

test('empty options are not sent, and changes are requested with their positions', async () => {
  const heard = await open(live, { startDate: '2026-11-01T00:00:00+01:00', endDate: '', zone: undefined, timed: true });
  assert.deepEqual(Object.fromEntries(heard.source().url.searchParams),
    { startDate: '2026-11-01T00:00:00+01:00', mode: 'changes', positions: 'true', timing: 'true' });
});

test('filters are parameters, and those with several values are repeated', async () => {
  const heard = await open(live, { filters: { status: ['new', 'a,b', ''], 'customer.is': 'null', amount: undefined } });
  const { searchParams } = heard.source().url;
  assert.deepEqual(searchParams.getAll('status'), ['new', 'a,b', '']);
  assert.equal(searchParams.get('customer.is'), 'null');
  assert.ok(!searchParams.has('amount'));
});

test('a relative address is resolved against the document', async () => {
  const heard = await open(live, { url: '../api/feeds/orders' });
  assert.equal(heard.source().url.href, 'http://portal.example/api/feeds/orders/stream?mode=changes&positions=true');
});

test('it is stale when the server says so until the server says that it is fresh', async () => {
  const heard = await isLive();
  await heard.source().sends('stale', '{"since":"2026-11-23T08:00:00Z"}');
  assert.equal(heard.state(), 'stale');
  await heard.source().result('snapshot', row(2));
  assert.equal(heard.state(), 'stale');
  await heard.source().sends('fresh', '{}');
  assert.deepEqual(heard.states, ['connecting', 'live', 'stale', 'live']);
});

test('it is stale while the connection is lost, and rows that are still current are not shown again', async () => {
  const heard = await isLive();
  server.answer = unchanged;
  await heard.source().fails();
  assert.equal(heard.state(), 'stale');
  await heard.source().opens();
  assert.equal(heard.state(), 'stale', 'newer rows may be on their way');
  await pass(SECOND);
  assert.equal(heard.state(), 'live');
  assert.equal(heard.rows.length, 1);
  assert.equal(heard.sources().length, 1);
});

test('it waits for rows that arrive slowly', async () => {
  const heard = await isLive();
  server.answer = () => json([]);
  await heard.source().fails();
  await heard.source().opens();
  await pass(2 * MINUTE);
  assert.equal(heard.sources().length, 1);
  assert.equal(heard.state(), 'stale');
  await heard.source().result('snapshot', row(2));
  assert.equal(heard.state(), 'live');
});

test('a server that cannot be reached is asked again at growing intervals, and told which result is known', async () => {
  const heard = await isLive();
  await heard.source().fails();
  await heard.source().fails();
  assert.equal(heard.state(), 'stale');
  assert.deepEqual(heard.problems.at(-1), { title: 'No answer', wait: 1 });
  await pass(1.5 * SECOND);
  assert.equal(heard.sources().length, 2);
  assert.equal(heard.source().url.searchParams.get('lastEventId'), DIGEST);
  for (const wait of [2, 4, 8, 15, 15]) {
    await heard.source().fails();
    assert.equal(heard.problems.at(-1).wait, wait);
    await pass((wait - 1) * SECOND);
    assert.equal(heard.source().readyState, 2);
    await pass((wait / 2 + 1) * SECOND);
    assert.equal(heard.source().readyState, 0);
  }
  server.answer = unchanged;
  await heard.source().opens();
  await pass(SECOND);
  assert.equal(heard.state(), 'live');
  assert.equal(heard.problems.at(-1), undefined);
});

test('after a 503 it reports the problem and waits as long as Retry-After says', async () => {
  const heard = await open(live);
  server.answer = () => problem(503, 'Database unavailable', { 'Retry-After': '30' });
  await heard.source().fails({ forGood: true });
  assert.equal(heard.state(), 'connecting');
  assert.deepEqual(heard.problems.at(-1), {
    title: 'Database unavailable',
    detail: 'Why.',
    link: 'http://server.example/livespan/problems.html#it',
    status: 503,
    wait: 30,
    final: false,
  });
  await pass(29 * SECOND);
  assert.equal(heard.sources().length, 1);
  await pass(17 * SECOND);
  assert.equal(heard.sources().length, 2);
  await heard.source().opens();
  await heard.source().result('snapshot', row(1));
  assert.equal(heard.state(), 'live');
  assert.equal(heard.problems.at(-1), undefined);
});

test('it waits for minutes if Retry-After says so', async () => {
  const heard = await open(live);
  server.answer = () => problem(503, 'Shutting down', { 'Retry-After': '300' });
  await heard.source().fails({ forGood: true });
  await pass(299 * SECOND);
  assert.equal(heard.sources().length, 1);
  assert.equal(server.asked.length, 1);
});

test('if only the stream is refused, the problem of the stream is reported', async () => {
  const heard = await open(live);
  server.answer = ({ pathname }) => pathname.endsWith('/stream')
    ? problem(503, 'Too many clients', { 'Retry-After': '3' })
    : json([]);
  await heard.source().fails({ forGood: true });
  assert.equal(heard.problems.at(-1).title, 'Too many clients');
});

test('a window that Livespan refuses is closed and not tried again', async () => {
  for (const status of [400, 401, 403, 404, 413]) {
    const heard = await open(live);
    server.answer = () => problem(status, 'It is refused');
    await heard.source().fails({ forGood: true });
    assert.equal(heard.state(), 'closed');
    assert.deepEqual([heard.problems.at(-1).status, heard.problems.at(-1).final], [status, true]);
    await pass(5 * MINUTE);
    assert.equal(heard.sources().length, 1);
    heard.window.close();
    assert.equal(heard.states.filter((state) => state === 'closed').length, 1);
  }
});

test('after a 404 that is not from Livespan, such as before it is deployed, it tries again', async () => {
  const heard = await open(live);
  server.answer = () => new Response('<h1>Not Found</h1>', { status: 404 });
  await heard.source().fails({ forGood: true });
  assert.equal(heard.state(), 'connecting');
  assert.deepEqual([heard.problems.at(-1).title, heard.problems.at(-1).wait], ['HTTP 404', 1]);
  await pass(2 * SECOND);
  assert.equal(heard.sources().length, 2);
});

test('an error event is reported, and the connection is left open until the server ends it', async () => {
  const heard = await isLive();
  await heard.source().sends('error', '{"type":"/livespan/problems.html#window-too-large","title":"Too many","status":413}');
  assert.equal(heard.problems.at(-1).title, 'Too many');
  assert.equal(heard.source().readyState, 1);
});

test('after a minute without an event it asks whether the rows are still current', async () => {
  const heard = await isLive();
  server.answer = unchanged;
  await pass(3 * MINUTE);
  assert.ok(server.asked.length >= 2 && server.asked.length <= 3, `${server.asked.length} requests`);
  assert.deepEqual(heard.states, ['connecting', 'live']);
  assert.equal(heard.sources().length, 1);
});

test('a half-open connection is detected and replaced', async () => {
  const heard = await isLive();
  server.answer = () => json([]);
  await pass(80 * SECOND);
  assert.equal(heard.sources().length, 2);
  assert.equal(heard.state(), 'stale');
  assert.equal(heard.source().url.searchParams.get('lastEventId'), DIGEST);
});

test('if it asks and gets a problem, it keeps the connection and stays live', async () => {
  const heard = await isLive();
  server.answer = () => problem(503, 'Database unavailable', { 'Retry-After': '3' });
  await pass(3 * MINUTE);
  assert.equal(heard.sources().length, 1);
  assert.equal(heard.state(), 'live');
});

test('a connection that does not open is given up and reported', async () => {
  const heard = await open(live);
  await pass(80 * SECOND);
  assert.equal(heard.problems.at(-1).title, 'No answer');
});

test('a hidden page keeps its connection for five minutes, and reconnects when it becomes visible', async () => {
  const heard = await isLive();
  server.answer = unchanged;
  await happens('visibilitychange', true);
  await pass(4 * MINUTE);
  assert.equal(heard.state(), 'live');
  await pass(1.5 * MINUTE);
  assert.equal(heard.state(), 'stale');
  assert.equal(heard.source().readyState, 2);
  const { length } = server.asked;
  await pass(10 * MINUTE);
  assert.equal(server.asked.length, length, 'a page that rests asks nothing');
  assert.equal(heard.sources().length, 1);

  await happens('visibilitychange', false);
  assert.equal(heard.sources().length, 2);
  assert.equal(heard.source().url.searchParams.get('lastEventId'), DIGEST);
});

test('with background: true a hidden page keeps its connection', async () => {
  const heard = await isLive({ background: true });
  server.answer = unchanged;
  await happens('visibilitychange', true);
  await pass(20 * MINUTE);
  assert.equal(heard.state(), 'live');
  assert.equal(heard.sources().length, 1);
  await happens('visibilitychange', false);
});

test('a page that becomes visible asks at once whether the rows are still current, and reconnects if not', async () => {
  const heard = await isLive();
  await happens('visibilitychange', true);
  server.answer = () => json([]);
  await happens('visibilitychange', false);
  assert.equal(heard.sources().length, 2);
});

test('a page restored by the back button reconnects', async () => {
  const heard = await isLive();
  await happens('pagehide');
  assert.equal(heard.source().readyState, 2);
  await happens('pageshow');
  assert.equal(heard.sources().length, 2);
});

test('on another network an open connection is replaced, and a pending retry is not hastened', async () => {
  const heard = await isLive();
  await happens('online');
  assert.equal(heard.sources().length, 2);
  assert.equal(heard.sources()[0].readyState, 2);

  server.answer = () => problem(503, 'Too many clients', { 'Retry-After': '60' });
  await heard.source().fails({ forGood: true });
  await happens('online');
  assert.equal(heard.sources().length, 2);
});

test('equal windows share one connection, which ends with the last of them', async () => {
  const one = await isLive();
  const other = await open(live, { url: one.url });
  assert.equal(other.sources().length, 0);
  assert.deepEqual([other.states, other.rows], [['live'], one.rows]);
  assert.deepEqual([other.info[0].first, other.info[0].added], [true, one.rows[0]]);

  one.window.close();
  await settle();
  assert.equal(one.state(), 'closed');
  await other.source().result('snapshot', row(2));
  assert.deepEqual([one.rows.length, other.rows.length], [1, 2]);

  other.window.close();
  other.window.close();
  await settle();
  assert.deepEqual(other.states, ['live', 'closed']);
  assert.equal(FakeEventSource.opened.at(-1).readyState, 2);
  const again = await open(live, { url: one.url });
  assert.equal(again.sources().length, 1);
});

test('windows that differ in any option do not share a connection', async () => {
  const one = await open(live);
  const different = [{ startDate: '2026-11-01' }, { filters: { status: 'new' } }, { zone: 'Asia/Seoul' }, { mode: 'results' }, { timed: true }, { key: 'name' }];
  for (const options of different) {
    assert.equal((await open(live, { url: one.url, ...options })).sources().length, 1, JSON.stringify(options));
  }
});

test('a listener hears nothing before live() has returned, and nothing after it is closed', async () => {
  const heard = [];
  const window = live('http://server.example/livespan/api/feeds/early', { key: 'id', onState: ({ state }) => heard.push(state) });
  assert.deepEqual(heard, []);
  await settle();
  window.close();
  await settle();
  assert.deepEqual(heard, ['connecting', 'closed']);
  await pass(2 * MINUTE);
  assert.deepEqual(heard, ['connecting', 'closed']);
});

test('a window closed while it asks for the reason does not connect again', async () => {
  const heard = await open(live);
  let answer;
  server.answer = () => new Promise((resolve) => (answer = resolve));
  await heard.source().fails({ forGood: true });
  heard.window.close();
  answer(json([]));
  await pass(MINUTE);
  assert.equal(heard.sources().length, 1);
  assert.deepEqual(heard.states, ['connecting', 'closed']);
});

test('a window closed while it asks for the key does not connect', async () => {
  let answer;
  server.answer = () => new Promise((resolve) => (answer = resolve));
  const heard = await open(live, { key: undefined });
  heard.window.close();
  answer(json([]));
  await settle();
  assert.equal(heard.sources().length, 0);
});

test('events of a replaced connection are ignored', async () => {
  const heard = await isLive();
  await happens('online');
  assert.equal(heard.sources().length, 2);
  await heard.sources()[0].result('snapshot', row(9));
  assert.deepEqual(heard.ids(), [1]);
});

test('each event is reported as received, and the timing also by itself', async () => {
  const heard = await open(live, { timed: true });
  await heard.source().opens();
  await heard.source().result('snapshot', row(1));
  await heard.source().sends('timing', '{"elapsed":4.2}', DIGEST);
  assert.deepEqual(heard.events.map(({ type, id, data }) => [type, id, data]),
    [['snapshot', DIGEST, `[${row(1)}]`], ['timing', DIGEST, '{"elapsed":4.2}']]);
  assert.equal(heard.events[0].at, Date.now());
  assert.deepEqual(heard.timings, [{ elapsed: 4.2 }]);
});

test('feeds() resolves to the feeds with the columns of their keys, or rejects with the problem', async () => {
  server.answer = () => json([
    { name: 'orders', table: 'public.orders', dateColumn: 'at', key: 'shop,no,id', keyColumns: ['shop,no', 'id'] }]);
  assert.deepEqual((await feeds('http://server.example/api/feeds'))[0].keyColumns, ['shop,no', 'id']);
  server.answer = () => problem(503, 'Shutting down', { 'Retry-After': '3' });
  await assert.rejects(feeds('http://server.example/api/feeds'), { title: 'Shutting down', wait: 3 });
});
