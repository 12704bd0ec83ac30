import { textOf } from './values.js';

const NAME = 'livespan.letters';
const at = (id) => document.getElementById(id);

/** A row's exact values, one below the other. */
export function showRow(row) {
  at('details-values').replaceChildren(...Object.entries(row).flatMap(([column, value]) => {
    const [name, content] = [document.createElement('dt'), document.createElement('dd')];
    name.textContent = column;
    content.textContent = textOf(value);
    content.classList.toggle('null', value == null);
    return [name, content];
  }));
  at('details').showModal();
}

/** Single-key shortcuts, except while typing or when switched off (WCAG 2.2, 2.1.4). */
export function startKeys(shortcuts) {
  at('letters').checked = remembered();
  at('letters').addEventListener('change', () => remember(at('letters').checked));
  at('help').addEventListener('click', () => at('keys').showModal());
  addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey || !at('letters').checked || target.closest('input, select, textarea, dialog')) return;
    const act = key === '?' ? () => at('keys').showModal() : shortcuts[key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function remembered() {
  try {
    return localStorage.getItem(NAME) !== 'false';
  } catch {
    return true; // storage is forbidden here
  }
}

function remember(isOn) {
  try {
    localStorage.setItem(NAME, String(isOn));
  } catch {
    // not remembered, then
  }
}
