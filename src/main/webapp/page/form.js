import { BROWSER_ZONE, isDay, lastDays } from './dates.js';

const DEFAULT_DAYS = 7;

/** The form for the window: `{feed, startDate, endDate, zone, mode}`. */
export class WindowForm {
  #form;
  #onChosen;

  constructor(form, onChosen) {
    this.#form = form;
    this.#onChosen = onChosen;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      onChosen();
    });
    for (const choice of [form.feed, form.mode]) choice.addEventListener('change', onChosen);
    form.addEventListener('click', ({ target: { dataset } }) => 'days' in dataset && this.preset(Number(dataset.days)));
    const zones = Intl.supportedValuesOf?.('timeZone') ?? [BROWSER_ZONE];
    form.zone.list.replaceChildren(...zones.map((zone) => new Option(zone, zone)));
  }

  offerFeeds(names) {
    this.#form.feed.replaceChildren(...names.map((name) => new Option(name)));
  }

  get value() {
    const { feed, startDate, endDate, zone, mode } = this.#form;
    return { feed: feed.value, startDate: startDate.value, endDate: endDate.value, zone: zone.value, mode: mode.value };
  }

  fill({ feed, startDate, endDate, zone, mode }) {
    this.#fillFeed(feed);
    this.#form.zone.value = zone;
    this.#form.mode.value = mode === 'changes' ? mode : '';
    this.#fillDates(startDate, endDate);
  }

  /** The defaults. */
  fillDefault() {
    this.#form.zone.value = BROWSER_ZONE;
    this.#form.mode.value = 'changes';
    this.#fillDates(...lastDays(DEFAULT_DAYS, BROWSER_ZONE));
  }

  /** So many days until today; none for custom dates. */
  preset(days) {
    if (!days) {
      this.#form.classList.add('custom'); // on a narrow screen the fields of one's own choice show now
      return this.#form.startDate.focus();
    }
    this.#fillDates(...lastDays(days, this.#form.zone.value));
    this.#onChosen();
  }

  /** Marks the preset that the dates match. */
  markPreset() {
    const { startDate, endDate, zone } = this.value;
    const presets = [...this.#form.querySelectorAll('[data-days]')];
    const isChosen = ({ dataset: { days } }) => days && lastDays(Number(days), zone).join() === `${startDate},${endDate}`;
    const chosen = presets.find(isChosen) ?? presets.at(-1);
    for (const preset of presets) preset.ariaPressed = String(preset === chosen);
    this.#form.classList.toggle('custom', !chosen.dataset.days);
  }

  /** A feed that does not exist can still be requested; the server's answer says so. */
  #fillFeed(name) {
    const { feed } = this.#form;
    if (!name) feed.selectedIndex = 0;
    else {
      if (![...feed.options].some(({ value }) => value === name)) feed.append(new Option(name));
      feed.value = name;
    }
  }

  /** A shared address may hold what a date field cannot, such as 2026-11-01T08:00:00Z; then it becomes a text field. */
  #fillDates(startDate, endDate) {
    for (const [input, value] of [[this.#form.startDate, startDate], [this.#form.endDate, endDate]]) {
      input.type = value === '' || isDay(value) ? 'date' : 'text';
      input.value = value;
    }
  }
}
