import { Bars } from './bars.js';
import { buckets, LocalHours } from './buckets.js';
import { momentFormat, number, say } from './language.js';

const at = (id) => document.getElementById(id);

/** How the bars' times are formatted, by unit. They are already local times, so they are given to Intl as UTC. */
const LABELS = {
  hour: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { month: 'short', day: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
};

/** The rows by day or hour as bars, and the same as a sentence and as a table. */
export class RowsChart {
  #window = {};
  #choice = { measure: '', per: '' };
  #rows = [];
  #columns = [];
  #hours;
  #series = { unit: 'day', bars: [] };
  #labels = [];
  #drawing = new Bars(at('bars'));

  constructor(onChoice) {
    const choose = () => {
      this.#choice = { measure: at('measure').value, per: at('per').value === 'hour' ? 'hour' : '' };
      this.#draw();
      onChoice(this.#choice);
    };
    at('measure').addEventListener('change', choose);
    at('per').addEventListener('change', choose);
    at('chart-values').addEventListener('toggle', () => this.#writeValues());
    document.addEventListener('language', () => this.#choices());
  }

  /** Starts over for another window; `choice` is the chart's state in the address. */
  clear(window, { measure, per }) {
    this.#window = window;
    this.#choice = { measure, per };
    this.#rows = [];
    this.#columns = [];
    this.#hours = new LocalHours(window.zone);
    at('per').value = per || 'day';
    this.#choices();
    this.#draw();
  }

  /** @param columns of the table; number columns can be summed */
  show(rows, columns) {
    this.#rows = rows;
    const numbers = columns
      .filter(({ isNumber, name }) => isNumber && !this.#window.keyColumns.includes(name))
      .map(({ name }) => name);
    if (numbers.join('\n') !== this.#columns.join('\n')) {
      this.#columns = numbers;
      this.#choices();
    }
    this.#draw();
  }

  #choices() {
    const { measure } = this.#choice;
    const columns = new Set([...this.#columns, ...(measure ? [measure] : [])]);
    at('measure').replaceChildren(
      new Option(say('chart.count'), ''), ...[...columns].map((column) => new Option(say('chart.sum', { column }), column)));
    at('measure').value = measure;
    this.#draw();
  }

  #draw() {
    if (!this.#hours) return;
    this.#series = buckets(this.#rows, { hours: this.#hours, ...this.#window, ...this.#choice });
    const { unit, bars } = this.#series;
    const format = momentFormat('UTC', LABELS[unit]);
    this.#labels = bars.map(([time]) => format.format(asUtc(time)));
    this.#drawing.show(this.#labels, bars.map(([, value]) => value));
    this.#tell();
    this.#writeValues();
  }

  #tell() {
    const { measure } = this.#choice;
    const what = measure ? say('chart.sum', { column: measure }) : say('chart.count');
    const title = say(`chart.title.${this.#series.unit}`, { measure: what });
    at('chart-title').textContent = title;
    at('chart-summary').textContent = this.#summary(title);
  }

  #summary(title) {
    const labels = this.#labels;
    const values = this.#series.bars.map(([, value]) => value);
    const total = values.reduce((sum, value) => sum + value, 0);
    if (!total) return say('chart.nothing', { title });
    const most = values.reduce((a, b) => Math.max(a, b));
    const [first, last, peak] = [labels[0], labels.at(-1), labels[values.indexOf(most)]];
    return say('chart.summary', { title, first, last, total, most, peak });
  }

  #writeValues() {
    if (!at('chart-values').open) return;
    const table = at('chart-values').querySelector('table');
    table.tHead.replaceChildren(line('th', say('chart.time'), at('measure').selectedOptions[0].text));
    const lines = this.#series.bars.map(([, value], index) => line('td', this.#labels[index], number(value)));
    table.tBodies[0].replaceChildren(...lines);
  }
}

function asUtc(time) {
  return new Date(time.length === 13 ? `${time}:00Z` : time);
}

function line(kind, ...texts) {
  const row = document.createElement('tr');
  row.append(...texts.map((text) => {
    const cell = document.createElement(kind);
    cell.textContent = text;
    return cell;
  }));
  return row;
}
