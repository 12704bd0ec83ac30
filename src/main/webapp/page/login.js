const at = (id) => document.getElementById(id);

/** Where the tab's storage keeps the page's address while the user is at the server's login, which does not return it. */
const LEFT = 'livespan.left';

/**
 * The login that the server asks for: on a page of its own, or with a token that the user pastes. The token stays in the memory of
 * this tab: neither the address nor the browser's storage has it.
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

  /** Asks for what the problem (401) asks for. Resolves when the user has pasted a token, now or after having closed the dialog. */
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
