/** Calls of the control API. */
import {csrf, token, wanted} from './token.js';

/** A refusal of the control API (RFC 9457), or that it cannot be reached (status 0). */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {any} body
   */
  constructor(status, body) {
    super(body?.detail || body?.title || `HTTP ${status}`);
    this.status = status;
    /** @type {{pointer?: string, detail: string}[]} */
    this.errors = Array.isArray(body?.errors) ? body.errors : [];
    this.body = body;
  }
}

/**
 * @typedef {object} Wish how a call is made
 * @property {string} [method]
 * @property {unknown} [body]
 * @property {string} [ifMatch] the ETag that must still hold
 * @property {boolean} [create] whether it must not be there yet
 * @property {string} [reason] for the history
 * @property {boolean} [dryRun]
 * @property {boolean} [wait] for the gateways to have it
 * @property {string} [key] under which a repeated call is done once
 * @property {AbortSignal} [signal]
 */

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {any} body
 * @property {string} etag empty for none
 */

/**
 * A header's text as one may send it: beyond ASCII as an extended value (RFC 8187).
 *
 * @param {string} text
 */
export const headerText = (text) => (/^[\x20-\x7e]*$/.test(text) ? text : `UTF-8''${encodeURIComponent(text)}`);

/**
 * The headers of a call.
 *
 * @param {Wish} wish
 * @returns {Record<string, string>}
 */
export function headersOf(wish) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (token.value) {
    headers['authorization'] = `Bearer ${token.value}`;
  }
  if (csrf.value && (wish.method ?? 'GET') !== 'GET') {
    headers['x-laneway-csrf'] = csrf.value;
  }
  if (wish.body !== undefined) {
    headers['content-type'] = 'application/json';
  }
  if (wish.ifMatch) {
    headers['if-match'] = wish.ifMatch;
  }
  if (wish.create) {
    headers['if-none-match'] = '*';
  }
  if (wish.reason) {
    headers['x-reason'] = headerText(wish.reason);
  }
  if (wish.key) {
    headers['idempotency-key'] = wish.key;
  }
  return headers;
}

/**
 * The address of a call with what is said in its query.
 *
 * @param {string} path
 * @param {Wish} wish
 */
export function target(path, wish) {
  const more = [wish.dryRun ? 'dryRun=true' : '', wish.wait && !wish.dryRun ? 'wait=applied&timeout=3s' : ''];
  const query = more.filter((one) => one).join('&');
  return query ? path + (path.includes('?') ? '&' : '?') + query : path;
}

/**
 * Makes a call.
 *
 * @param {string} path such as /v1/lanes
 * @param {Wish} [wish]
 * @returns {Promise<Reply>}
 */
export async function call(path, wish = {}) {
  const response = await reach(target(path, wish), {
    method: wish.method ?? 'GET',
    headers: headersOf(wish),
    body: wish.body === undefined ? undefined : JSON.stringify(wish.body),
    signal: wish.signal,
    cache: 'no-store',
    redirect: 'error',
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const body = text && type.includes('json') ? JSON.parse(text) : text;
  refuse(response.status, body);
  return {status: response.status, body, etag: response.headers.get('etag') ?? ''};
}

/**
 * The reply that was asked for before this program was read, for the first call of the same.
 *
 * @param {string} path
 * @param {Record<string, string>} headers
 * @returns {Promise<Response> | undefined}
 */
function early(path, headers) {
  const one = /** @type {any} */ (globalThis).early;
  if (one?.path !== path) {
    return undefined;
  }
  delete (/** @type {any} */ (globalThis).early);
  return one.token === (headers['authorization'] ?? '') ? one.reply : undefined;
}

/**
 * Fetches, and says in words when there is no response at all.
 *
 * @param {string} path
 * @param {RequestInit} init
 */
export async function reach(path, init) {
  try {
    return await (early(path, /** @type {Record<string, string>} */ (init.headers)) ?? fetch(path, init));
  } catch (error) {
    if (init.signal?.aborted) {
      throw error;
    }
    throw new Problem(0, {title: 'unreachable', detail: String(error)});
  }
}

/**
 * Throws what a refusal is.
 *
 * @param {number} status
 * @param {any} body
 */
export function refuse(status, body) {
  if (status === 401) {
    wanted.value = true;
  }
  if (status >= 400) {
    throw new Problem(status, body);
  }
}

/** @param {string} text one segment of a path */
export const seg = (text) => encodeURIComponent(text);
