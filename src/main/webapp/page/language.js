import en from '../messages/en.js';
import ko from '../messages/ko.js';

/**
 * The reader's language: the page's words, and how numbers and times are written.
 *
 * A message is a text, or one text for each plural category (Intl.PluralRules) of its `count`; `{name}` stands for a value.
 * Code that writes such words into the page writes them again on the document's event `language`.
 */

const MESSAGES = { en, ko };
const NAME = 'livespan.language';

let code = remembered() ?? preferred();

export function start(choice) {
  choice.value = code;
  choice.addEventListener('change', () => {
    code = choice.value;
    remember(code);
    translate();
    document.dispatchEvent(new Event('language'));
  });
  translate();
}

/** The message of that name, with its values. */
export function say(name, values = {}) {
  const message = MESSAGES[code][name];
  const text = message[new Intl.PluralRules(code).select(values.count ?? 0)] ?? message.other ?? message;
  return text.replace(/\{(\w+)\}/g, (_hole, value) => written(values[value]));
}

/** Whether there is a message of that name. */
export function has(name) {
  return Object.hasOwn(en, name);
}

/** The best tag for Intl: the reader's own variant of this language (en-GB), or the language itself. */
export function locale() {
  return navigator.languages.find((tag) => languageOf(tag) === code) ?? code;
}

export function number(value, options) {
  return new Intl.NumberFormat(locale(), options).format(value);
}

/** The format of a moment in a zone. */
export function momentFormat(timeZone, options) {
  return new Intl.DateTimeFormat(locale(), { timeZone, hourCycle: 'h23', ...options });
}

/** `10.5 kB` */
export function size(bytes) {
  const [unit, value] = bytes < 1e3 ? ['B', bytes] : bytes < 1e6 ? ['kB', bytes / 1e3] : ['MB', bytes / 1e6];
  return `${number(value, { maximumSignificantDigits: 3 })}\u00a0${unit}`;
}

function written(value) {
  return typeof value === 'number' ? number(value) : String(value);
}

function translate() {
  document.documentElement.lang = code;
  for (const element of document.querySelectorAll('[data-message]')) element.textContent = say(element.dataset.message);
  for (const element of document.querySelectorAll('[data-message-label]')) {
    element.ariaLabel = say(element.dataset.messageLabel);
  }
  for (const element of document.querySelectorAll('[data-message-placeholder]')) {
    element.placeholder = say(element.dataset.messagePlaceholder);
  }
}

function preferred() {
  return navigator.languages.map(languageOf).find((language) => language in MESSAGES) ?? 'en';
}

function languageOf(tag) {
  return tag.split('-')[0].toLowerCase();
}

function remembered() {
  try {
    const language = localStorage.getItem(NAME);
    return Object.hasOwn(MESSAGES, language) ? language : undefined;
  } catch {
    return undefined; // storage is forbidden here
  }
}

function remember(language) {
  try {
    localStorage.setItem(NAME, language);
  } catch {
    // not remembered, then
  }
}
