/** Who reads, and what they may do. */
import {signal} from '../lib/html.js';
import {call} from '../lib/api.js';
import {csrf, left, token, wanted} from '../lib/token.js';

/**
 * @typedef {object} Session
 * @property {boolean} authenticated
 * @property {boolean} open whether the API asks for no token
 * @property {string} [subject]
 * @property {string} [role]
 * @property {string} [lanes] the pattern of lanes that the subject may change, empty for all
 * @property {string} [login]
 * @property {string} [csrf]
 * @property {string} [by] how it is known: `token`, `session` …
 */

const ROLES = ['viewer', 'releaser', 'admin'];

/** @type {import('../../vendor/signals.js').Signal<Session | null>} */
export const session = signal(null);

/** Reads it again. */
export async function load() {
  try {
    const {body} = await call('/v1/session');
    session.value = body;
    csrf.value = body.csrf ?? '';
    wanted.value = !body.authenticated && !body.open;
  } catch {
    session.value = null;
  }
}

/** Ends a browser's session, which no token holds, or all of its subject. @param {{everywhere?: boolean}} [how] */
export async function leave({everywhere = false} = {}) {
  await call(`/v1/logout${everywhere ? '?everywhere=true' : ''}`, {method: 'POST'});
  left.value++;
  await load();
}

/** Follows the token, and that what was known of its reader holds no more. */
export function follow() {
  token.subscribe(() => void load());
  wanted.subscribe((now) => void (now && session.peek()?.authenticated && load()));
}

/**
 * Whether the reader may do what this role may; unknown means yes, since the API has the last word.
 *
 * @param {'viewer' | 'releaser' | 'admin'} role
 * @param {string} [lane] that would be changed
 */
export function may(role, lane) {
  const one = session.value;
  if (!one || one.open || !one.role) {
    return true;
  }
  return ROLES.indexOf(one.role) >= ROLES.indexOf(role) && (!one.lanes || !lane || matches(one.lanes, lane));
}

/**
 * @param {string} pattern with `*`
 * @param {string} name
 */
export function matches(pattern, name) {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
