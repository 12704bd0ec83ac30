const at = (id) => document.getElementById(id);

/** The name in the tab's storage of the window to come back to. The server's login page does not return it. */
const LEFT = 'livespan.left';

/**
 * Logs the user in as the server requires: on the server's own login page, or with a pasted token. The token stays in the memory
 * of this tab; it is never in the address or in the browser's storage.
 */
export class Login {
  #pasted;
  #waiting = [];

  constructor() {
    at('login').addEventListener('submit', ({ submitter }) => submitter?.value !== 'close' && this.#take());
    at('log-in').addEventListener('click', show);
    at('login-link').addEventListener('click', () => sessionStorage.setItem(LEFT, location.search));
    const left = sessionStorage.getItem(LEFT);
    sessionStorage.removeItem(LEFT);
    if (left && !location.search) history.replaceState(null, '', left);
  }

  /** What livespan.js is given as `token`: each that was pasted is used until another is needed. */
  token = async () => {
    if (!this.#pasted) await this.#paste();
    const next = this.#pasted;
    this.#pasted = undefined;
    at('login-again').hidden = false; // when the dialog is shown the next time
    return next;
  };

  /** Offers the login that the problem (401) requires. Resolves when the user has pasted a token, now or later. */
  ask({ link = '' }) {
    const isByServer = link.endsWith('#login-required');
    at('login-server').hidden = !isByServer;
    at('login-paste').hidden = isByServer;
    at('login-token').disabled = isByServer; // it is required, but not now
    return this.#paste();
  }

  #paste() {
    show();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** As copied from elsewhere, perhaps with line breaks or the name of the scheme. */
  #take() {
    const text = at('login-token').value.replace(/^\s*bearer\s/i, '').replace(/\s/g, '');
    at('login-token').value = '';
    if (!text) return;
    this.#pasted = text;
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }
}

function show() {
  if (!at('login').open) at('login').showModal();
}
