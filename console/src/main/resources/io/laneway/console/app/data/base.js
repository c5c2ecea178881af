/** The name of the base lane, which has no colour of its own. */
import {signal} from '../lib/html.js';
import {call} from '../lib/api.js';
import {token} from '../lib/token.js';
import {on, revision} from './live.js';

export const base = signal('');

/** @returns {Promise<void>} */
async function load() {
  try {
    const {body} = await call('/v1/overview?limit=1');
    base.value = body.base;
    revision.value = Math.max(revision.value, body.revision);
  } catch {
    // Each page says by itself what is wrong.
  }
}

/** Follows the token, and a table whose base is another one. */
export function follow() {
  token.subscribe(() => void load());
  on('revision', (data) => void (data.touched?.base && load()));
  on('resume', () => void load());
}
