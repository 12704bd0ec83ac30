import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertProven, digestOf, open, row, server, settle } from './browser.js';

const { ExactNumber, live } = await import('../../main/webapp/livespan.js');

const EXACT = 'rawJSON' in JSON ? {} : { skip: 'this Node.js does not tell the source of a number' };

/** A listener that has received these rows, in changes mode. */
async function holding(...rows) {
  const heard = await open(live);
  await heard.source().opens();
  await heard.source().result('snapshot', ...rows);
  return heard;
}

function change(heard, rows, { upserted = [], removed = [], after = [] }) {
  return heard.source().sends('change', `{"upserted":[${upserted}],"removed":[${removed}],"after":[${after}]}`, digestOf(rows));
}

test('a snapshot is shown, and all its rows are reported as added', async () => {
  const heard = await holding(row(1), row(2));
  assert.deepEqual(heard.rows, [[{ id: 1, value: 0 }, { id: 2, value: 0 }]]);
  assert.equal(heard.info[0].first, true);
  assert.deepEqual(heard.info[0].added, heard.rows[0]);
  assert.deepEqual([heard.info[0].changed, heard.info[0].removed], [[], []]);
  assert.equal(heard.info[0].digest, digestOf([row(1), row(2)]));
  await assertProven(heard.info[0]);
});

test('a result may have no rows', async () => {
  const heard = await holding();
  assert.deepEqual(heard.rows, [[]]);
  assert.equal(heard.info[0].digest, 'A'.repeat(43));
  await assertProven(heard.info[0]);
});

test('a change puts rows where the server says, replaces those with their keys, and takes out removed ones', async () => {
  const heard = await holding(row(1), row(2), row(3));
  await change(heard, [row(9), row(1), row(7), row(3, 5), row(8)],
    { upserted: [row(9), row(7), row(3, 5), row(8)], removed: [2], after: ['null', 1, 7, 3] });
  assert.deepEqual(heard.ids(), [9, 1, 7, 3, 8]);
  const { added, changed, removed, proof, first } = heard.info[1];
  assert.deepEqual(added.map(({ id }) => id), [9, 7, 8]);
  assert.deepEqual(changed, [{ row: { id: 3, value: 5 }, before: { id: 3, value: 0 } }]);
  assert.deepEqual(removed, [{ id: 2, value: 0 }]);
  assert.deepEqual([first, await proof], [false, true]);
});

test('a row that follows one outside the window comes first', async () => {
  const heard = await holding(row(5), row(6));
  await change(heard, [row(4), row(5), row(6)], { upserted: [row(4)], after: [3] });
  assert.deepEqual(heard.ids(), [4, 5, 6]);
});

test('a row that moves is removed from its old position', async () => {
  const heard = await holding(row(1), row(2), row(3));
  await change(heard, [row(2), row(3), row(1, 1)], { upserted: [row(1, 1)], after: [3] });
  assert.deepEqual(heard.ids(), [2, 3, 1]);
  await assertProven(heard.info[1]);
});

test('a row that did not change stays the same object after a change or a snapshot, and each list is new', async () => {
  const heard = await holding(row(1), row(2));
  await change(heard, [row(1), row(2, 1)], { upserted: [row(2, 1)], after: [1] });
  await heard.source().result('snapshot', row(0), row(1), row(2, 1));
  const [first, second, third] = heard.rows;
  assert.equal(second[0], first[0]);
  assert.equal(third[1], first[0]);
  assert.equal(third[2], second[1]);
  assert.notEqual(second, first);
  assert.deepEqual(heard.info[2].added, [{ id: 0, value: 0 }]);
  await assertProven(heard.info[2]);
});

test('keys of several columns, with text and large numbers, are distinguished', EXACT, async () => {
  const of = (a, b, value) => `{"a":${a},"b":${b},"value":${value}}`;
  const heard = await open(live, { key: ['a', 'b'] });
  await heard.source().opens();
  await heard.source().result('snapshot', of('"x,y"', 9007199254740992, 1), of('"x,y"', 9007199254740993, 2));
  await change(heard, [of('"x,y"', 9007199254740993, 3)],
    { upserted: [of('"x,y"', 9007199254740993, 3)], removed: ['["x,y", 9007199254740992]'], after: ['["z", 1]'] });
  assert.deepEqual(heard.rows.at(-1).map(({ value }) => value), [3]);
  await assertProven(heard.info[1]);
});

test('numbers stay as exact as they were written', EXACT, async () => {
  const heard = await holding('{"id":1,"amount":10.00,"big":12345678901234567890,"plain":2.5,"text":"10.00","list":[1e2]}');
  const [{ amount, big, plain, text, list }] = heard.rows[0];
  assert.equal(String(amount), '10.00');
  assert.equal(amount + 1, 11);
  assert.equal(`${big}`, '12345678901234567890');
  assert.ok(amount instanceof ExactNumber && list[0] instanceof ExactNumber);
  assert.deepEqual([plain, text], [2.5, '10.00']);
  assert.equal(JSON.stringify(heard.rows[0][0]),
    '{"id":1,"amount":10.00,"big":12345678901234567890,"plain":2.5,"text":"10.00","list":[1e2]}');
});

test('rows are split correctly, whatever they contain', async () => {
  const odd = [
    '{"id":1,"text":"],[{\\"}, \\\\"}',
    '{"id":2,"json":{"a" : [1, {"b":[]}], "c":"\\\\\\""},"list":[[],{}]}',
    '{"id":3,"text":"Zoë 🚚 \\u2028 \\ud83d"}',
    '{"id":4,"text":""}',
  ];
  const heard = await holding(...odd);
  assert.deepEqual(heard.rows[0], odd.map((text) => JSON.parse(text)));
  await assertProven(heard.info[0]);
  await change(heard, [odd[3]], { upserted: [odd[3]], removed: [1, 2, 3], after: ['null'] });
  assert.deepEqual(heard.ids(), [4]);
  await assertProven(heard.info[1]);
});

test('with mode results each event is a whole result', async () => {
  const heard = await open(live, { mode: 'results' });
  assert.equal(heard.source().url.search, '');
  await heard.source().opens();
  await heard.source().result('message', row(1), row(2));
  await heard.source().result('message', row(2, 1), row(3));
  assert.deepEqual(heard.ids(), [2, 3]);
  assert.deepEqual(heard.info[1].removed, [{ id: 1, value: 0 }]);
  assert.deepEqual(heard.info[1].changed, [{ row: { id: 2, value: 1 }, before: { id: 2, value: 0 } }]);
  await assertProven(heard.info[1]);
});

test('after changes that lead to another digest it warns once and requests whole results from then on', async (t) => {
  const warn = t.mock.method(console, 'warn', () => {});
  const heard = await holding(row(1));
  await change(heard, [row(1), row(3)], { upserted: [row(2)], after: [1] });
  assert.equal(await heard.info[1].proof, false);
  assert.equal(heard.state(), 'stale');
  assert.equal(heard.sources().length, 2);
  assert.equal(heard.sources()[0].readyState, 2);
  assert.equal(heard.source().url.search, '');

  await heard.source().opens();
  await heard.source().sends('message', `[${row(1)},${row(3)}]`, 'not the digest');
  assert.deepEqual(heard.ids(), [1, 3]);
  assert.equal(heard.state(), 'live');
  assert.equal(heard.sources().length, 2);
  assert.equal(warn.mock.callCount(), 1);
});

test('after a change that cannot be read it requests whole results, too', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const heard = await holding(row(1));
  await heard.source().sends('change', '{"upserted":[{]}', 'x');
  assert.equal(heard.sources().length, 2);
  await heard.source().result('message', row(2));
  assert.deepEqual(heard.ids(), [2]);
});

test('the key is taken from the list of feeds if it is not given', async () => {
  server.asked.length = 0;
  server.answer = () => Response.json([{ name: 'other', keyColumns: ['x'] }, { name: 'readings', keyColumns: ['sensor', 'at'] }]);
  const heard = await open(live, { url: 'http://server.example/livespan/api/feeds/readings', key: undefined });
  assert.deepEqual(server.asked.map(({ address }) => address), ['http://server.example/livespan/api/feeds']);
  await heard.source().opens();
  await heard.source().result('snapshot', '{"sensor":"a","at":1,"value":1}', '{"sensor":"a","at":2,"value":1}');
  await heard.source().result('snapshot', '{"sensor":"a","at":2,"value":2}');
  assert.deepEqual(heard.info[1].removed, [{ sensor: 'a', at: 1, value: 1 }]);
  assert.equal(heard.info[1].changed.length, 1);
});

test('a failing listener does not affect others', async (t) => {
  const failures = [];
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (failure) => failures.push(failure.message));
  t.after(() => {
    process.removeAllListeners('uncaughtException');
    listeners.forEach((listener) => process.on('uncaughtException', listener));
  });
  const heard = await open(live);
  const failing = live(heard.url, { key: 'id', onRows: () => { throw new Error('it is mine'); } });
  const after = [];
  live(heard.url, { key: 'id', onRows: (rows) => after.push(rows) });
  await heard.source().opens();
  await heard.source().result('snapshot', row(1));
  await settle();
  assert.deepEqual(failures, ['it is mine']);
  assert.equal(after.length, 1);
  assert.equal(heard.state(), 'live');
  failing.close();
});
