/** The token with which calls are made: in memory, and in the tab's session storage where its owner wants that. */
import {signal} from './html.js';

const KEY = 'laneway.token';

/** @returns {string} */
function stored() {
  try {
    return globalThis.sessionStorage?.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** The token, empty for none. */
export const token = signal(stored());

/** Whether the API refused the last call for want of a token. */
export const wanted = signal(false);

/** What the API gave a browser that it knows by a cookie; goes with each call that changes something. */
export const csrf = signal('');

/**
 * Takes a token.
 *
 * @param {string} value
 * @param {boolean} keep whether it stays when this tab is loaded again
 */
export function take(value, keep) {
  token.value = value.trim();
  wanted.value = false;
  try {
    if (keep && token.value) {
      sessionStorage.setItem(KEY, token.value);
    } else {
      sessionStorage.removeItem(KEY);
    }
  } catch {
    // A browser without storage keeps it in memory.
  }
}

/** Grows when a reader leaves: nothing that was shown to them stays. */
export const left = signal(0);

/** Forgets the token. */
export function forget() {
  take('', false);
  left.value++;
}
