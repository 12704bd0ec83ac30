import '../lib/chart.js/chart.umd.min.js';
import { number } from './language.js';

const { Chart } = globalThis;

/** A chart of bars (Chart.js) in a canvas, in the colours of the style sheet. */
export class Bars {
  #canvas;
  #chart;

  constructor(canvas) {
    this.#canvas = canvas;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    this.#chart = new Chart(canvas, configuration());
    document.addEventListener('theme', () => this.#paint());
    this.#paint();
  }

  show(labels, values) {
    this.#chart.data.labels = labels;
    this.#chart.data.datasets[0].data = values;
    const isStill = document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#chart.update(isStill ? 'none' : undefined);
  }

  #paint() {
    const { options, data } = this.#chart;
    const [backgroundColor, hoverBackgroundColor] = [this.#colour('--bar'), this.#colour('--accent')];
    Object.assign(data.datasets[0], { backgroundColor, hoverBackgroundColor });
    for (const scale of Object.values(options.scales)) scale.ticks.color = this.#colour('--quiet');
    options.scales.y.grid.color = this.#colour('--line');
    const [titleColor, bodyColor] = [this.#colour('--surface'), this.#colour('--surface')];
    Object.assign(options.plugins.tooltip, { backgroundColor: this.#colour('--ink'), titleColor, bodyColor });
    this.#chart.update('none');
  }

  /** A custom property keeps light-dark() unresolved; as the colour of an element it is resolved. */
  #colour(property) {
    this.#canvas.style.color = `var(${property})`;
    const { color } = getComputedStyle(this.#canvas);
    this.#canvas.style.color = '';
    return color;
  }
}

function configuration() {
  return {
    type: 'bar',
    data: {
      labels: [],
      datasets: [{ data: [], borderRadius: 3, maxBarThickness: 48, categoryPercentage: 0.9, barPercentage: 0.9 }],
    },
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
