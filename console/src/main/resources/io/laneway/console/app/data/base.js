/** The name of the base lane, which has no colour of its own. */
import {effect, signal} from '../lib/html.js';
import {address} from '../lib/address.js';
import {call} from '../lib/api.js';
import {token} from '../lib/token.js';
import {on, revision} from './live.js';

export const base = signal('');

/**
 * Takes what a page of the overview says.
 *
 * @param {{base: string, revision: number}} body
 */
export function learn(body) {
  base.value = body.base;
  revision.value = Math.max(revision.value, body.revision);
}

/** @returns {Promise<void>} */
async function load() {
  if (address.peek().page === 'overview') {
    return; // which reads it by itself
  }
  try {
    learn((await call('/v1/overview?limit=1')).body);
  } catch {
    // Each page says by itself what is wrong.
  }
}

/** Follows the token, and a table whose base is another one. */
export function follow() {
  effect(() => {
    void token.value;
    void (address.value.page !== 'overview' && !base.peek() && load());
  });
  on('revision', (data) => void (data.touched?.base && load()));
  on('resume', () => void load());
}
