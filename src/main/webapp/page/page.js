import { feeds, live } from '../livespan.js';
import { fromAddress, toAddress, WINDOW } from './address.js';
import { Announcer } from './announcer.js';
import { RowsChart } from './chart.js';
import { isDay } from './dates.js';
import { showRow, startKeys } from './dialogs.js';
import { Figures } from './figures.js';
import { WindowForm } from './form.js';
import { momentFormat, say, start as startLanguage } from './language.js';
import { EventLog } from './log.js';
import { Login } from './login.js';
import { setText, showProblem } from './problem.js';
import { Rows } from './rows.js';
import { Table } from './table.js';

/** The page: the window chosen by the address and the form, and its views. */

const SECOND = 1000;
const FIRST_WAIT_SECONDS = 5;
const UNAUTHORIZED = 401;
const at = (id) => document.getElementById(id);

const rows = new Rows();
const figures = new Figures();
const log = new EventLog();
const announcer = new Announcer(at('said'));
const login = new Login();
const form = new WindowForm(at('window'), apply);
const table = new Table(at('scroller'), { onOpen: showRow, onOrder: order });
const chart = new RowsChart((choice) => look(choice));
let published = [];
let token; // once the server has asked for one
let settings = {};
let window_;
let told = { state: 'connecting' };
let pending;
let sweeping;

async function begin() {
  startLanguage(at('language'));
  startKeys({
    1: () => form.preset(1), 2: () => form.preset(7), 3: () => form.preset(30),
    r: () => at('table').focus(), f: () => at('log-filter').focus(), p: () => log.pause(),
  });
  document.addEventListener('language', tellAgain);
  published = await publishedFeeds();
  form.offerFeeds(published.map(({ name }) => name));
  addEventListener('popstate', openAddress);
  openAddress();
}

/** Requests the list of feeds until the server answers: without it there is nothing to choose. */
async function publishedFeeds() {
  for (;;) {
    try {
      return await feeds('api/feeds', { token });
    } catch ({ name: _error, ...problem }) {
      const wait = problem.wait || FIRST_WAIT_SECONDS;
      tellState({ state: problem.final ? 'closed' : 'connecting', problem: { ...problem, wait } });
      if (problem.status === UNAUTHORIZED) await askForLogin(problem);
      else await new Promise((resolve) => problem.final || setTimeout(resolve, wait * SECOND));
    }
  }
}

/** Waits for a token, or until the user leaves for the server's login page. A portal's cookie, if there was one, has expired. */
async function askForLogin(problem) {
  await login.ask(problem);
  token = login.token;
}

function openAddress() {
  const given = fromAddress(location.search);
  if (given) form.fill(given);
  else form.fillDefault();
  settings = { ...given, ...form.value };
  history.replaceState(null, '', toAddress(settings));
  open();
}

/** Opens the form's window, as a new entry in the browser's history. */
function apply() {
  settings = { ...settings, ...form.value };
  history.pushState(null, '', toAddress(settings));
  open();
}

/** Shows the same window differently. */
function look(choice) {
  settings = { ...settings, ...choice };
  history.replaceState(null, '', toAddress(settings));
}

function order(isNewestFirst) {
  look({ order: isNewestFirst ? '' : 'oldest' });
  table.setOrder(isNewestFirst);
}

function open() {
  const before = window_;
  window_ = undefined;
  before?.close();
  pending = undefined;
  const { feed: name, startDate, endDate, zone, mode } = settings;
  const feed = published.find((one) => one.name === name) ?? { name, keyColumns: [] };
  const { dateColumn, keyColumns } = feed;
  rows.clear(keyColumns);
  table.clear({ dateColumn, keyColumns }, zone, settings.order !== 'oldest');
  const { measure = '', per = '' } = settings;
  chart.clear({ dateColumn, keyColumns, startDate, endDate, zone }, { measure, per });
  figures.clear();
  log.clear();
  form.markPreset();
  describe(feed);
  at('empty').hidden = true;
  at('digest').textContent = '–';
  if (!name) {
    return tellState({ state: 'closed', problem: { title: 'No feed', final: true } });
  }
  const mine = live(address(name), {
    startDate, endDate, zone, mode: mode || 'results', token,
    onRows: (result, info) => mine === window_ && take(result, info),
    onState: (state) => mine === window_ && hearState(state),
    onEvent: (event) => mine === window_ && hear(event),
    onTiming: ({ elapsed }) => mine === window_ && figures.latency.timed(elapsed),
  });
  window_ = mine;
}

function address(name) {
  return `api/feeds/${encodeURIComponent(name)}`;
}

function describe({ name, table: source }) {
  const parameters = (names) =>
    new URLSearchParams(names.filter((one) => settings[one]).map((one) => [one, settings[one]]));
  at('as-json').href = `${address(name)}?${parameters(WINDOW.slice(1, -1))}`;
  at('as-stream').href = `${address(name)}/stream?${parameters(WINDOW.slice(1))}`;
  at('caption').textContent = `${source ?? name}, ${spanInWords()}`;
  document.title = `${name} · Livespan`;
}

function spanInWords() {
  const written = (date) => (isDay(date) ? momentFormat('UTC', { dateStyle: 'medium' }).format(new Date(date)) : date);
  const [start, end] = [written(settings.startDate), written(settings.endDate)];
  const kind = start && end ? 'both' : start ? 'from' : end ? 'until' : 'all';
  const span = say(`span.${kind}`, { start, end });
  return settings.zone ? `${span} (${settings.zone})` : span;
}

/** A window that ends because the login has is opened again with the next one. */
function hearState(state) {
  tellState(state);
  if (state.state === 'closed' && state.problem?.status === UNAUTHORIZED) askForLogin(state.problem).then(open);
}

function hear(event) {
  log.add(event);
  if (!['message', 'snapshot', 'change'].includes(event.type)) return;
  figures.count(performance.now());
  figures.latency.arrived(event.at);
}

/** Draws at most one result in a frame, and none while the page is hidden: only the newest matters. */
function take(result, { digest }) {
  if (!pending) requestAnimationFrame(draw);
  pending = { result, digest };
}

function draw() {
  if (!pending) return; // another window was opened meanwhile
  const { result, digest } = pending;
  pending = undefined;
  const difference = rows.take(result, performance.now());
  table.show(rows.entries);
  chart.show(result, table.columns);
  figures.show(result.length, Object.values(difference ?? {}).some((count) => count > 0));
  at('digest').textContent = digest || '–';
  at('empty').hidden = rows.entries.length > 0;
  if (difference) announcer.tell(difference);
  figures.latency.painting();
  sweepSoon();
}

function sweepSoon() {
  clearTimeout(sweeping);
  const now = performance.now();
  const next = rows.sweep(now);
  table.show(rows.entries);
  at('empty').hidden = rows.entries.length > 0;
  if (next !== undefined) sweeping = setTimeout(sweepSoon, next - now);
}

function tellState(state) {
  const isTurn = state.state !== told.state;
  told = state;
  document.body.dataset.state = state.state;
  setText(at('state'), say(`state.${state.state}`));
  setText(at('explanation'), say(`explanation.${state.state}`));
  showProblem(state.problem);
  if (isTurn) announcer.say(`${say(`state.${state.state}`)}. ${say(`explanation.${state.state}`)}`);
}

/** After the language was changed. */
function tellAgain() {
  tellState(told);
  if (!settings.feed) return;
  table.redraw();
  describe(published.find(({ name }) => name === settings.feed) ?? { name: settings.feed });
}

begin();
