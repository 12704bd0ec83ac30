import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agrees, customers, MAY, open, order, please, REAL, until } from './real-server.js';

test('it is stale while the server is down, then live with what was written meanwhile', REAL, async () => {
  const may = open('orders', MAY);
  await order('Ada', 10);
  await agrees(may);
  await please('kill-server');
  await may.is('stale');
  await order('Emmy', 11);
  await please('start-server');
  await may.is('live');
  assert.deepEqual(customers(may), ['Ada', 'Emmy']);
  await agrees(may);
});

test('when the server comes back with the same rows nothing is shown again', REAL, async () => {
  const may = open('orders', MAY);
  await order('Ada', 10);
  await agrees(may);
  const { length } = may.rows;
  await please('kill-server');
  await may.is('stale');
  await please('start-server');
  await may.is('live');
  assert.equal(may.rows.length, length);
  await order('Emmy', 11);
  await until('a change is shown', () => customers(may).length === 2);
});

test('while the database is down a window is stale and a new one waits; both are live when it is back', REAL, async () => {
  const may = open('orders', MAY);
  await order('Ada', 10);
  await agrees(may);
  await please('stop-database');
  const june = open('orders', { startDate: '2026-06-01', endDate: '2026-06-30' });
  try {
    await may.is('stale');
    await until('the new window has a problem', () => june.problems.at(-1));
    const { status, title, wait, final } = june.problems.at(-1);
    assert.deepEqual([status, title, final], [503, 'Database unavailable', false]);
    assert.ok(wait >= 2 && wait <= 5, `Retry-After ${wait}`);
    assert.equal(june.states.at(-1), 'connecting');
  } finally {
    await please('start-database');
  }
  await may.is('live');
  await june.is('live');
  await order('Emmy', 11);
  await agrees(may);
});
