/** Asks for the token once, in a dialog that says why, and again when it is wrong. */

import { token } from './api.js';
import { byId, show } from './dom.js';

const dialog = byId('token');
const field = byId('token-field');
const words = byId('token-words');

const REASONS = {
  ADMIN_TOKEN_WRONG: 'That is not the token. Check for a missing character, or for an older one.',
  ADMIN_CLOSED: 'This edge has no ADMIN_TOKEN, so its figures are closed. Set one, start again, and reload.',
};

/** Calls back when a token was given. Where nothing works without one, the dialog stays until then. */
export function startToken(given, { isNeeded }) {
  byId('token-form').addEventListener('submit', event => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return field.focus();
    token.set(text);
    field.value = '';
    dialog.close();
    given();
  });
  if (isNeeded) dialog.addEventListener('cancel', event => event.preventDefault());
  byId('forget').addEventListener('click', () => {
    token.forget();
    askForToken();
  });
}

export function askForToken(code) {
  show(words, REASONS[code] ?? '');
  words.hidden = !REASONS[code];
  field.setAttribute('aria-invalid', String(code === 'ADMIN_TOKEN_WRONG'));
  if (!dialog.open) dialog.showModal();
  field.focus();
}
