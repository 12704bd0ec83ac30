import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agrees, api, customers, execute, feeds, MAY, open, order, REAL, until } from './real-server.js';

test('it lists the feeds of the server with the columns of their keys', REAL, async () => {
  const list = await feeds(new URL('feeds', api));
  const feed = (wanted) => list.find(({ name }) => name === wanted);
  assert.deepEqual(feed('times').keyColumns, ['name', 'number']);
  assert.deepEqual(feed('quoted').keyColumns, ['a,b', 'id'], 'a name may have a comma in it');
});

for (const mode of ['changes', 'results']) {
  test(`rows are inserted, updated, moved out and in, deleted and truncated: ${mode}`, REAL, async () => {
    const may = open('orders', { ...MAY, mode });
    may.query = `?${new URLSearchParams(MAY)}`;
    await may.is('live');
    const steps = [
      [() => order('Ada', 10), ['Ada']],
      [() => order('Emmy', 5), ['Emmy', 'Ada']],
      [() => execute("update orders set customer = 'Lovelace' where customer = 'Ada'"), ['Emmy', 'Lovelace']],
      [() => execute("update orders set created_at = '2026-06-01Z' where customer = 'Emmy'"), ['Lovelace']],
      [() => execute("update orders set created_at = '2026-05-31T23:59:59.999999Z' where customer = 'Emmy'"), ['Lovelace', 'Emmy']],
      [() => execute("delete from orders where customer = 'Lovelace'"), ['Emmy']],
      [() => execute('truncate orders'), []],
    ];
    for (const [deed, shown] of steps) {
      await deed();
      await until(`${shown} is shown`, () => String(customers(may)) === String(shown));
      await agrees(may);
    }
    assert.deepEqual(new Set(may.events.map(({ type }) => type)),
      new Set(mode === 'changes' ? ['snapshot', 'change', 'timing'] : ['message', 'timing']));
    assert.ok(may.timings.every(({ elapsed }) => elapsed >= 0) && may.timings.length > 0);
    assert.deepEqual(may.states, ['connecting', 'live']);
  });
}

/** Rows of few dates, with keys in an order that only the database knows. */
const HARD = {
  sizes: {
    dates: ['2026-05-01', '2026-05-02', 'infinity', '-infinity', '0044-03-15 BC', '12026-05-01'],
    keys: ["'small'", "'medium'", "'large'", "'huge'", "'Extra'", "'tiny'", "'a size'", "'Z'"],
    columns: ['day', 'size', 'amount'],
    values: ['0', '10.00', '1e3', '12345678901234567890.5', 'null'],
  },
  times: {
    dates: ['2026-05-01Z', '2026-05-01 00:00:00.1Z', '2026-05-01 00:00:00.12Z', '2026-05-01 00:00:00.000001Z',
      'infinity', '-infinity', '0044-03-15Z BC', '0043-03-15Z BC', '9999-12-31Z', '10000-01-01Z'],
    keys: ["'b', 1", "'A', 1", "'a', 1", "'a', 10", "'a', 9", "'ä', 1.50", "'B', 9007199254740993", "'B', 9007199254740992",
      "'[\"', 1", "'\\', 1", "'', 0", "'🚚', -1"],
    columns: ['at', 'name', 'number', 'note'],
    values: ['null', `'{"a" : [1.0, {"b":"]}"}]}'`, `'"\\""'`],
  },
  zoneless: {
    dates: ['2026-05-01', '2026-05-01 08:00', '2026-05-01 08:00:00.5', 'infinity', '2026-05-02'],
    keys: ["'b'", "'A'", "'a'", "'10'", "'9'", "'Zoë'", "E'\\n'", "'null'", "'é'"],
    columns: ['at', 'id', 'note'],
    values: ["E'1\\n2\\r\\n'", "'</script>'", "'\u2028'"],
  },
  quoted: {
    dates: ['2026-05-01Z', '2026-05-01 08:00Z', '2026-05-02Z'],
    keys: ["'a', 1", "'b', 1", "'a', 2", "'a,b', 1", "'', 1"],
    columns: ['at', '"a,b"', 'id', 'note'],
    values: ['null', "'new'", "'paid'"],
  },
};

for (const [feed, { dates, keys, columns, values }] of Object.entries(HARD)) {
  test(`rows of the same date stay in the database's order, whatever changes: ${feed}`, REAL, async () => {
    const any = (list) => list[Math.floor(Math.random() * list.length)];
    const [date, ...others] = columns;
    const key = others.slice(0, -1);
    const value = columns.at(-1);
    const deeds = [
      () => `insert into ${feed} (${columns}) values ('${any(dates)}', ${any(keys)}, ${any(values)})
        on conflict (${key}) do update set ${date} = excluded.${date}`,
      () => `update ${feed} set ${date} = '${any(dates)}' where (${key}) = (${any(keys)})`,
      () => `update ${feed} set ${value} = ${any(values)} where (${key}) = (${any(keys)})`,
      () => `delete from ${feed} where (${key}) = (${any(keys)})`,
    ];
    const all = open(feed);
    const part = open(feed, { startDate: '2026-05-01', endDate: '2026-05-01' });
    await all.is('live');
    for (let round = 0; round < 40; round++) {
      const statements = Array.from({ length: 1 + round % 4 }, () => any(deeds)());
      await execute(statements.join(';\n'));
      if (round % 5 === 4) {
        await agrees(all);
        await agrees(part);
      }
    }
    assert.equal(all.events.filter(({ type }) => type === 'snapshot').length, 1, 'all the rest were changes');
  });
}

test('a thousand rows are inserted at once, then updated and deleted by the hundred', REAL, async () => {
  const may = open('orders', MAY);
  await may.is('live');
  await execute(`insert into orders (customer, amount, created_at)
    select 'many', n, '2026-05-10Z'::timestamptz + n % 50 * interval '1 hour' from generate_series(1, 1000) n`);
  await agrees(may);
  await execute("update orders set amount = amount + 1 where id % 3 = 0; delete from orders where id % 5 = 0");
  await agrees(may);
});

test('a client beyond the limit waits for a seat', REAL, async () => {
  const held = [];
  const stream = new URL('feeds/orders/stream?startDate=2026-07-01', api);
  const leave = () => held.splice(0).forEach((place) => place.abort());
  try {
    await until('all places are taken', async () => {
      const place = new AbortController();
      const { status } = await fetch(stream, { signal: place.signal });
      if (status === 200) held.push(place);
      return status === 503;
    });
    const may = open('orders', MAY);
    await until('it is told so', () => may.problems.at(-1));
    assert.equal(may.problems.at(-1).title, 'Too many clients');
    leave();
    await may.is('live');
  } finally {
    leave();
  }
});

test('a refusal by the server is reported and final, with a link to a page', REAL, async () => {
  for (const [feed, options, status] of [['nothing', {}, 404], ['orders', { startDate: 'yesterday' }, 400]]) {
    const refused = open(feed, options);
    await refused.is('closed');
    const problem = refused.problems.at(-1);
    assert.deepEqual([problem.status, problem.final], [status, true]);
    assert.equal((await fetch(problem.link)).status, 200, 'its link leads to a page');
  }
});

test('a window that outgrows its limit is closed with status 413', REAL, async () => {
  const may = open('orders', MAY);
  await may.is('live');
  await execute("insert into orders (customer, amount, created_at) select 'many', n, '2026-05-10Z' from generate_series(1, 5001) n");
  await may.is('closed');
  assert.equal(may.problems.at(-1).status, 413);
});
