const at = (id) => document.getElementById(id);

/**
 * The token that the user pastes, if the server asks for one. It stays in the memory of this tab: neither the address nor the
 * browser's storage has it.
 */
export class Login {
  #pasted;
  #waiting = [];

  constructor() {
    at('login').addEventListener('submit', ({ submitter }) => submitter?.value !== 'close' && this.#take());
    at('log-in').addEventListener('click', show);
  }

  /** What livespan.js is given as `token`: each that was pasted is used until another is needed. */
  token = async () => {
    if (!this.#pasted) await this.ask();
    const next = this.#pasted;
    this.#pasted = undefined;
    at('login-again').hidden = false; // when the dialog is shown the next time
    return next;
  };

  /** Resolves when the user has pasted a token, now or after having closed the dialog and opened it again. */
  ask() {
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
