import { problemIn, unreachable } from './problem.js';
import { live, windowAddresses } from './stream.js';
import { LiveTable } from './table.js';

/** The page: a form that says which window, an address bar that remembers it, and what the stream tells of it. */

const WORDS = {
  connecting: ['Connecting', 'Waiting for the first result.'],
  live: ['Live', 'Committed changes appear by themselves.'],
  stale: ['Stale', 'The server is catching up; these rows may be old.'],
  reconnecting: ['Reconnecting', 'The connection is broken; these rows may be old.'],
  refused: ['Refused', 'The server does not serve this window.'],
};
const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const DEFAULT_DAYS = 7;
const FIELDS = ['feed', 'startDate', 'endDate', 'zone'];

const at = (id) => document.getElementById(id);
const form = at('window');
const table = new LiveTable(at('table'));
let feeds = [];
let stream;
let pending;

async function start() {
  offerZones();
  form.addEventListener('submit', apply);
  form.addEventListener('click', ({ target }) => target.dataset.days && applyPreset(Number(target.dataset.days)));
  feeds = await loadFeeds();
  offerFeeds();
  addEventListener('popstate', openAddress);
  // A page that comes back from the browser's page cache has lost its connection without an error.
  addEventListener('pageshow', ({ persisted }) => persisted && openAddress());
  openAddress();
}

/** Tries until the server names its feeds: without them there is nothing to choose. */
async function loadFeeds() {
  for (;;) {
    const { list, problem } = await fetchFeeds();
    if (list) return list;
    showState({ state: problem.final ? 'refused' : 'reconnecting', problem });
    await new Promise((resolve) => !problem.final && setTimeout(resolve, problem.wait * 1000));
  }
}

async function fetchFeeds() {
  try {
    const response = await fetch('api/feeds', { cache: 'no-store' });
    if (!response.ok) return { problem: await problemIn(response) };
    return { list: (await response.json()).map(withKeyColumns) };
  } catch {
    return { problem: unreachable() };
  }
}

/** A key of several columns comes as a list or as names with commas between. */
function withKeyColumns(feed) {
  const key = feed.key ?? [];
  return { ...feed, keyColumns: Array.isArray(key) ? key : key.split(',').map((column) => column.trim()) };
}

function offerFeeds() {
  form.feed.replaceChildren(...feeds.map(({ name }) => new Option(name)));
}

function offerZones() {
  const zones = Intl.supportedValuesOf?.('timeZone') ?? [BROWSER_ZONE];
  at('zones').replaceChildren(...zones.map((zone) => new Option(zone, zone)));
}

/** Fills the form from the address bar, or with a first choice if it says nothing, and opens that window. */
function openAddress() {
  const given = new URLSearchParams(location.search);
  if (FIELDS.some((field) => given.has(field))) {
    fillFeed(given.get('feed') ?? feeds[0]?.name ?? '');
    fillDates(given.get('startDate') ?? '', given.get('endDate') ?? '');
    form.zone.value = given.get('zone') ?? '';
  } else {
    form.zone.value = BROWSER_ZONE;
    fillDates(...lastDays(DEFAULT_DAYS));
  }
  history.replaceState(null, '', addressOfForm());
  open();
}

/** A feed that is not published can still be asked for: the server's answer then says so. */
function fillFeed(name) {
  if (name && !feeds.some((feed) => feed.name === name)) form.feed.append(new Option(name));
  form.feed.value = name;
}

/** A shared address may hold what a date field cannot, such as 2026-11-01T08:00:00Z: then the field is a text field. */
function fillDates(startDate, endDate) {
  for (const [input, value] of [[form.startDate, startDate], [form.endDate, endDate]]) {
    input.type = /^(\d{4}-\d{2}-\d{2})?$/.test(value) ? 'date' : 'text';
    input.value = value;
  }
}

function applyPreset(days) {
  fillDates(...lastDays(days));
  apply();
}

function apply(event) {
  event?.preventDefault();
  history.pushState(null, '', addressOfForm());
  open();
}

function addressOfForm() {
  const given = [...new FormData(form)].filter(([, value]) => value);
  return `?${new URLSearchParams(given)}`;
}

/** First and last date of so many days, today being the day it is in the chosen zone. */
function lastDays(days) {
  const last = new Date(`${today()}T00:00:00Z`);
  const first = new Date(last);
  first.setUTCDate(first.getUTCDate() - days + 1);
  return [first, last].map((date) => date.toISOString().slice(0, 10));
}

function today() {
  const iso = (timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format();
  try {
    return iso(form.zone.value || BROWSER_ZONE);
  } catch {
    return iso(BROWSER_ZONE); // a zone that the browser does not know, which the server will judge
  }
}

function open() {
  stream?.close();
  pending = undefined;
  const name = form.feed.value;
  const range = { startDate: form.startDate.value, endDate: form.endDate.value, zone: form.zone.value };
  const feed = feeds.find((one) => one.name === name) ?? { name, keyColumns: [] };
  table.clear(feed);
  describe(feed, range);
  if (!name) return showState({ state: 'refused', problem: noFeed() });
  stream = live(feedAddress(name), { ...range, onRows: queue, onState: showState });
}

function noFeed() {
  return {
    title: 'There is no feed',
    detail: 'The server publishes no feed yet. Name one in livespan.feeds, or deploy a feed class.',
    final: true,
  };
}

function feedAddress(name) {
  return `api/feeds/${encodeURIComponent(name)}`;
}

function describe({ name, table: source }, range) {
  const { result, stream: events } = windowAddresses(feedAddress(name), range);
  at('as-json').href = result;
  at('as-stream').href = events;
  at('caption').textContent = `${source ?? name}, ${spanInWords(range)}`;
  document.title = `${name} · Livespan`;
  for (const id of ['rows', 'changed', 'digest']) at(id).textContent = '–';
  at('difference').textContent = '';
  at('empty').hidden = true;
  for (const preset of form.querySelectorAll('[data-days]')) {
    const [first, last] = lastDays(Number(preset.dataset.days));
    preset.ariaPressed = String(first === range.startDate && last === range.endDate);
  }
}

function spanInWords({ startDate, endDate, zone }) {
  const place = zone ? ` (${zone})` : '';
  if (startDate && endDate) return `${startDate} to ${endDate}${place}`;
  if (startDate) return `from ${startDate}${place}`;
  return endDate ? `until ${endDate}${place}` : 'all dates';
}

/** At most one result is drawn in a frame, and none while the page is hidden: only the newest counts. */
function queue(rows, digest) {
  if (!pending) requestAnimationFrame(draw);
  pending = { rows, digest };
}

function draw() {
  if (!pending) return; // another window was opened meanwhile
  const { rows, digest } = pending;
  pending = undefined;
  const difference = table.show(rows);
  at('rows').textContent = rows.length.toLocaleString('en');
  at('digest').textContent = digest || '–';
  at('empty').hidden = rows.length > 0;
  if (difference) tellChange(difference);
  else at('changed').textContent = 'none yet';
}

function tellChange(difference) {
  const parts = Object.entries(difference).filter(([, count]) => count > 0);
  if (!parts.length) return;
  const now = new Date();
  at('changed').textContent = now.toLocaleTimeString('sv-SE');
  at('changed').dateTime = now.toISOString();
  at('difference').textContent = parts.map(([what, count]) => `${count.toLocaleString('en')} ${what}`).join(', ');
}

function showState({ state, problem }) {
  const [word, explanation] = WORDS[state];
  document.body.dataset.state = state;
  setText('state', word);
  setText('explanation', explanation);
  showProblem(problem);
}

function showProblem(problem) {
  at('problem').hidden = !problem;
  if (!problem) return;
  setText('problem-title', problem.title);
  setText('problem-detail', problem.detail);
  setText('problem-next', whatNext(problem));
  at('problem-type').hidden = !problem.link;
  if (problem.link) at('problem-type').href = problem.link;
}

function whatNext({ wait, final }) {
  if (final) return 'The page does not try again by itself.';
  return wait ? `Trying again in about ${wait} s.` : '';
}

/** Leaves text that is the same alone, so that a screen reader is not told it again. */
function setText(id, text) {
  if (at(id).textContent !== text) at(id).textContent = text;
}

start();
