/** The same call as text for a terminal, and the other way: what a pasted command asks for. */
import {headersOf, target} from './api.js';

/** @param {string} text */
export const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/**
 * A call as a curl command; the token stays out of it.
 *
 * @param {string} path
 * @param {import('./api.js').Wish} wish
 * @param {string} origin
 */
export function curl(path, wish, origin) {
  const method = wish.method ?? 'GET';
  const parts = ['curl -sf'];
  if (method !== 'GET') {
    parts.push(`-X ${method}`);
  }
  parts.push(quoted(origin + target(path, wish)));
  for (const [name, value] of Object.entries(headersOf(wish))) {
    if (name === 'x-laneway-csrf') {
      continue;
    }
    parts.push(name === 'authorization' ? '-H "Authorization: Bearer $LANEWAY_TOKEN"' : `-H ${quoted(`${name}: ${value}`)}`);
  }
  if (wish.body !== undefined) {
    parts.push(`-d ${quoted(JSON.stringify(wish.body))}`);
  }
  return parts.join(' ');
}

/**
 * Splits a command line as a POSIX shell would, without expanding anything.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  /** @type {string[]} */
  const found = [];
  const word = /(?:\$?'(?:[^'])*'|"(?:\\.|[^"\\])*"|\\\r?\n|\\.|[^\s'"\\])+/g;
  for (const match of text.matchAll(word)) {
    const plain = match[0].replaceAll(/\$?'([^']*)'|"((?:\\.|[^"\\])*)"|\\(\r?\n)|\\(.)/g, (_, single, double, line, one) =>
      line !== undefined ? '' : (single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? one));
    if (plain || /^['"]/.test(match[0])) {
      found.push(plain);
    }
  }
  return found;
}

/** Options of curl that take a value and say nothing of where the request goes. */
const WITH_VALUE = new Set(
  '-o -d -F -m -T -E -K -c -D -w -x --data --data-raw --data-binary --data-urlencode --json --output --max-time --form --cert --key --cacert --connect-timeout --resolve --connect-to --retry --write-out --proxy'.split(' '));

/**
 * @typedef {object} Asked what was pasted
 * @property {string} [request] an id
 * @property {string} [host]
 * @property {string} [path]
 * @property {Record<string, string>} [headers]
 */

/**
 * Reads a curl command, a URL, or the id of a request.
 *
 * @param {string} text
 * @returns {Asked | null} null if it is none of them
 */
export function asked(text) {
  const trimmed = text.trim();
  if (/^(?:[$%#]\s*)?curl\s/.test(trimmed)) {
    return fromCurl(words(trimmed.replace(/^[$%#]\s*/, '')).slice(1));
  }
  if (/^https?:\/\//i.test(trimmed) || /^[\w.-]+(?::\d+)?\/\S*$/.test(trimmed)) {
    return fromUrl(trimmed);
  }
  return /^[\w.:-]{6,128}$/.test(trimmed) ? {request: trimmed} : null;
}

/**
 * @param {string} url
 * @returns {Asked | null}
 */
function fromUrl(url) {
  try {
    const parsed = new URL(/^https?:\/\//i.test(url) ? url : `http://${url}`);
    return {host: parsed.hostname, path: parsed.pathname + parsed.search, headers: {}};
  } catch {
    return null;
  }
}

/**
 * @param {string[]} args
 * @returns {Asked | null}
 */
function fromCurl(args) {
  /** @type {Record<string, string>} */
  const headers = {};
  let url = '';
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    const value = () => (arg.startsWith('--') || arg.length === 2 ? (args[++at] ?? '') : arg.slice(2));
    if (arg === '--header' || /^-H/.test(arg)) {
      header(value(), headers);
    } else if (arg === '--cookie' || /^-b/.test(arg)) {
      headers['cookie'] = value();
    } else if (arg === '--user-agent' || /^-A/.test(arg)) {
      headers['user-agent'] = value();
    } else if (arg === '--request' || /^-X/.test(arg)) {
      value();
    } else if (arg === '--url') {
      url = value();
    } else if (WITH_VALUE.has(arg)) {
      value();
    } else if (!arg.startsWith('-') && !url) {
      url = arg;
    }
  }
  const from = url ? fromUrl(url) : null;
  if (!from) {
    return null;
  }
  const host = headers['host'];
  delete headers['host'];
  return {...from, host: host ?? from.host, headers};
}

/**
 * @param {string} line
 * @param {Record<string, string>} headers
 */
function header(line, headers) {
  const colon = line.indexOf(':');
  if (colon > 0) {
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
}
