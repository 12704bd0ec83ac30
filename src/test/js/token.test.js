import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { after, beforeEach, test } from 'node:test';
import { EventSource } from './event-source.js';

globalThis.EventSource = EventSource;
const { feeds, live } = await import('../../main/webapp/livespan.js');

const PROBLEM = { type: '/problems.html#unauthorized', title: 'Authentication required', status: 401, detail: 'The token has expired.' };

/** Each row as the server has it now; a stream that is open gets each new state. */
let rows;
/** Which tokens are accepted. */
let accepted;
/** The answer to a request with an accepted token, if not the usual one. */
let refusal;
const requests = [];
const streams = new Set();

const json = () => `[${rows.join(',')}]`;

/** As the server's: the sum of the rows' digests in four places. */
function digest() {
  const sum = new BigUint64Array(4);
  for (const row of rows) {
    const hash = createHash('sha256').update(row).digest();
    sum.forEach((_, index) => (sum[index] += hash.readBigUInt64BE(8 * index)));
  }
  const bytes = Buffer.alloc(32);
  sum.forEach((part, index) => bytes.writeBigUInt64BE(part, 8 * index));
  return bytes.toString('base64url');
}

const tokenOf = ({ authorization, cookie }) => authorization?.replace('Bearer ', '') ?? /Bearer=([^;]*)/.exec(cookie)?.[1];

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const token = tokenOf(request.headers);
  requests.push({ path: url.pathname, token, id: request.headers['last-event-id'] ?? url.searchParams.get('lastEventId') });
  if (!accepted(token)) {
    response.writeHead(401, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(PROBLEM));
  } else if (refusal) {
    response.writeHead(refusal.status, { 'Retry-After': '1', 'Content-Type': 'application/problem+json' }).end(JSON.stringify(refusal));
  } else if (url.pathname.endsWith('/stream')) {
    const stream = { response, token };
    streams.add(stream);
    request.on('close', () => streams.delete(stream));
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': livespan\nretry: 50\n\n');
    if (requests.at(-1).id !== digest()) send(stream);
  } else if (url.pathname.endsWith('/feeds')) {
    response.end(JSON.stringify([{ name: 'orders', key: 'id', keyColumns: ['id'] }]));
  } else {
    const unchanged = request.headers['if-none-match'] === `"${digest()}"`;
    response.writeHead(unchanged ? 304 : 200, { ETag: `"${digest()}"` }).end(unchanged ? undefined : json());
  }
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const API = `http://127.0.0.1:${server.address().port}/livespan/api/feeds`;

const send = ({ response }) => response.write(`event: snapshot\nid: ${digest()}\ndata: ${json()}\n\n`);

function becomes(...next) {
  rows = next;
  streams.forEach(send);
}

const row = (id) => `{"id":${id}}`;

/** A token that ends after so many seconds. */
let numbers = 0;
const token = (seconds) =>
  `${btoa('{}')}.${Buffer.from(JSON.stringify({ jti: ++numbers, exp: Date.now() / 1000 + seconds, name: 'ÿ' })).toString('base64url')}.s`;

async function until(what, condition) {
  const end = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `${what} in time`);
    await new Promise((later) => setTimeout(later, 10));
  }
}

function open(options) {
  const heard = { shown: [], states: [], problems: [] };
  const { close } = live(`${API}/orders`, {
    mode: 'changes',
    onRows: (list) => heard.shown.push(list.map(({ id }) => id)),
    onState: ({ state, problem }) => {
      heard.states.push(state);
      if (problem) heard.problems.push(problem);
    },
    ...options,
  });
  return { ...heard, close, shows: (...ids) => until(`it shows ${ids}`, () => String(heard.shown.at(-1)) === String(ids)) };
}

beforeEach(() => {
  rows = [row(1)];
  accepted = () => true;
  refusal = undefined;
  requests.length = 0;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

test('each request carries the token of the page, which is asked for it once', async () => {
  const given = [];
  const heard = open({ token: async () => given.push(token(900)) && given.at(-1) });
  await heard.shows(1);
  becomes(row(1), row(2));
  await heard.shows(1, 2);
  assert.equal(given.length, 1);
  assert.deepEqual(new Set(requests.map((request) => request.token)), new Set(given));
  heard.close();
  await until('the stream is closed', () => !streams.size);
});

test('windows with the same function share its tokens, and so does the list of feeds', async () => {
  let asked = 0;
  const source = () => ++asked && token(900);
  const heard = [open({ token: source, startDate: '2026-11-01' }), open({ token: source, startDate: '2026-11-02' })];
  for (const one of heard) await one.shows(1);
  assert.deepEqual((await feeds(API, { token: source }))[0].keyColumns, ['id']);
  assert.equal(asked, 1);
  heard.forEach(({ close }) => close());
});

test('before its token ends it goes on with the next one, misses nothing and shows nothing twice', async () => {
  const given = [];
  // Each is replaced 20 s before its end
  const heard = open({ token: () => given.push(token(given.length ? 900 : 21)) && given.at(-1) });
  await heard.shows(1);
  await until('it came with the second token', () => given.length === 2 && [...streams].some((stream) => stream.token === given[1]));
  assert.equal(requests.at(-1).id, digest());
  becomes(row(1), row(2));
  await heard.shows(1, 2);
  assert.deepEqual(heard.shown, [[1], [1, 2]]);
  assert.deepEqual(heard.states, ['connecting', 'live']);
  await until('the first stream is closed', () => streams.size === 1);
  heard.close();
});

test('a token that is refused is replaced, and only if the new one is refused too that is final', async () => {
  const given = [];
  accepted = (text) => text === given[1];
  const heard = open({ token: () => given.push(token(900)) && given.at(-1) });
  await heard.shows(1);
  assert.equal(given.length, 2);
  heard.close();

  given.length = 0;
  accepted = () => false;
  const refused = open({ token: () => given.push(token(900)) && given.at(-1), startDate: '2026-11-03' });
  await until('it gives up', () => refused.states.at(-1) === 'closed');
  assert.equal(refused.problems.at(-1).status, 401);
  assert.ok(given.length > 1);
});

test('a stream that the server ends with its token is opened again with the next one', async () => {
  const given = [];
  const heard = open({ token: () => given.push(token(900)) && given.at(-1) });
  await heard.shows(1);
  accepted = (text) => text !== given[0];
  for (const { response } of streams) response.end(`event: error\ndata: ${JSON.stringify(PROBLEM)}\n\n`);
  rows = [row(1), row(2)];
  await heard.shows(1, 2);
  assert.equal(given.length, 2);
  assert.notEqual(heard.states.at(-1), 'closed');
  heard.close();
});

test('a page that cannot get a token now is asked again later', async () => {
  let asked = 0;
  const heard = open({
    token: async () => {
      if (asked++ < 1) throw new Error('the login server is away');
      return token(900);
    },
  });
  await heard.shows(1);
  assert.ok(asked > 1);
  heard.close();
});

test('too many streams is no reason to give up', async () => {
  refusal = { title: 'Too many streams', status: 429, type: '/problems.html#too-many-streams', detail: 'You have two.' };
  const heard = open({ token: () => token(900) });
  await until('it says why', () => heard.problems.at(-1)?.status === 429);
  refusal = undefined;
  await heard.shows(1);
  heard.close();
});

test('a cookie of the page is sent by EventSource, and the page renews it in time', async () => {
  const given = [];
  const fetchOfNode = globalThis.fetch;
  // Node.js keeps no cookies
  globalThis.fetch = (address, init = {}) =>
    fetchOfNode(address, { ...init, headers: { ...init.headers, Cookie: `Bearer=${given.at(-1)}` } });
  try {
    const heard = open({
      token: () => {
        given.push(`cookie${given.length}`);
        return Date.now() + (given.length > 1 ? 900_000 : 21_000);
      },
    });
    await heard.shows(1);
    await until('the stream has the second cookie', () => [...streams].some((stream) => stream.token === 'cookie1'));
    assert.equal(requests.at(-1).id, digest());
    becomes(row(1), row(2));
    await heard.shows(1, 2);
    assert.deepEqual(heard.shown, [[1], [1, 2]]);
    assert.deepEqual(heard.states, ['connecting', 'live']);
    heard.close();
  } finally {
    globalThis.fetch = fetchOfNode;
  }
});

test('a stream with megabytes in one event, cut anywhere, is read whole', async () => {
  rows = Array.from({ length: 20_000 }, (_, id) => `{"id":${id},"name":"Æsop 노르드 🚀"}`);
  const heard = open({ token: () => token(900) });
  await until('all rows', () => heard.shown.at(-1)?.length === 20_000);
  heard.close();
});
