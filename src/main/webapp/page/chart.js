import '../lib/chart.js/chart.umd.min.js';
import { buckets, LocalHours } from './buckets.js';
import { momentFormat, number, say } from './language.js';

const { Chart } = globalThis;
const at = (id) => document.getElementById(id);

/** How the times of the bars are written, by unit. Their names are local times already: to Intl they are given as UTC. */
const LABELS = {
  hour: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { month: 'short', day: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
};

/** The rows by day or hour as bars; what they show is also said in a sentence and written as a table. */
export class RowsChart {
  #window = {};
  #choice = { measure: '', per: '' };
  #rows = [];
  #columns = [];
  #hours;
  #series = { unit: 'day', bars: [] };
  #chart;

  constructor(onChoice) {
    const choose = () => {
      this.#choice = { measure: at('measure').value, per: at('per').value === 'hour' ? 'hour' : '' };
      this.#draw();
      onChoice(this.#choice);
    };
    at('measure').addEventListener('change', choose);
    at('per').addEventListener('change', choose);
    at('chart-values').addEventListener('toggle', () => this.#writeValues());
    document.addEventListener('theme', () => this.#paint());
    document.addEventListener('language', () => this.#choices());
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    this.#chart = new Chart(at('bars'), configuration());
    this.#paint();
  }

  /** Another window; `choice` is what the address says of the chart. */
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

  /** @param columns of the table: numbers can be added up */
  show(rows, columns) {
    this.#rows = rows;
    const numbers = columns.filter(({ isNumber, name }) => isNumber && !this.#window.keyColumns.includes(name)).map(({ name }) => name);
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
    this.#chart.data.labels = bars.map(([time]) => format.format(asUtc(time)));
    this.#chart.data.datasets[0].data = bars.map(([, value]) => value);
    this.#chart.update(document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches ? 'none' : undefined);
    this.#tell();
    this.#writeValues();
  }

  #tell() {
    const { measure } = this.#choice;
    const title = say(`chart.title.${this.#series.unit}`, { measure: measure ? say('chart.sum', { column: measure }) : say('chart.count') });
    at('chart-title').textContent = title;
    at('chart-summary').textContent = this.#summary(title);
  }

  #summary(title) {
    const { labels } = this.#chart.data;
    const values = this.#chart.data.datasets[0].data;
    const total = values.reduce((sum, value) => sum + value, 0);
    if (!total) return say('chart.nothing', { title });
    const most = values.reduce((a, b) => Math.max(a, b));
    return say('chart.summary', { title, first: labels[0], last: labels.at(-1), total, most, peak: labels[values.indexOf(most)] });
  }

  #writeValues() {
    if (!at('chart-values').open) return;
    const table = at('chart-values').querySelector('table');
    table.tHead.replaceChildren(line('th', say('chart.time'), at('measure').selectedOptions[0].text));
    const { labels } = this.#chart.data;
    table.tBodies[0].replaceChildren(...this.#series.bars.map(([, value], index) => line('td', labels[index], number(value))));
  }

  /** The colours are the style sheet's. */
  #paint() {
    const colour = (name) => getComputedStyle(at('chart')).getPropertyValue(name);
    const { options, data } = this.#chart;
    const [bar, text, grid] = [paint('--bar'), paint('--quiet'), paint('--line')];
    Object.assign(data.datasets[0], { backgroundColor: bar, hoverBackgroundColor: paint('--accent') });
    for (const scale of Object.values(options.scales)) scale.ticks.color = text;
    options.scales.y.grid.color = grid;
    Object.assign(options.plugins.tooltip, { backgroundColor: paint('--ink'), titleColor: paint('--surface'), bodyColor: paint('--surface') });
    this.#chart.update('none');

    function paint(name) {
      // A probe resolves light-dark(), which a custom property keeps as it is written
      const probe = at('bars');
      probe.style.color = colour(name);
      const painted = getComputedStyle(probe).color;
      probe.style.color = '';
      return painted;
    }
  }
}

function configuration() {
  return {
    type: 'bar',
    data: { labels: [], datasets: [{ data: [], borderRadius: 3, maxBarThickness: 48, categoryPercentage: 0.9, barPercentage: 0.9 }] },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: { duration: 300 },
      plugins: {
        legend: { display: false },
        tooltip: { displayColors: false, callbacks: { label: ({ raw }) => number(raw) } },
      },
      scales: {
        x: { grid: { display: false }, border: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 16 } },
        y: {
          beginAtZero: true,
          border: { display: false },
          grid: {},
          ticks: { maxTicksLimit: 5, precision: 0, callback: (value) => number(value, { notation: 'compact' }) },
        },
      },
    },
  };
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
