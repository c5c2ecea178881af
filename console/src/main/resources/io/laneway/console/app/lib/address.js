/** The address bar: which page is shown, and its state, so that a view can be sent to a colleague. */
import {signal} from './html.js';

export const ROOT = '/console/';

/**
 * @typedef {object} Address
 * @property {string} page the name of the page, empty for none
 * @property {Record<string, string>} names what the path names
 * @property {Record<string, string>} query
 */

/** @type {[string, string][]} */
const PAGES = [
  ['', 'overview'],
  ['lanes/:lane', 'lane'],
  ['shifts', 'shifts'],
  ['shifts/:shift', 'shift'],
  ['shifts/:shift/plan', 'plan'],
  ['explain', 'explain'],
  ['requests/:request', 'request'],
  ['tail', 'tail'],
  ['history', 'history'],
  ['history/:revision', 'history'],
  ['lint', 'lint'],
  ['gateways', 'gateways'],
  ['messages', 'messages'],
  ['recordings', 'recordings'],
  ['replays', 'replays'],
  ['replays/:replay', 'replay'],
  ['tokens', 'tokens'],
];

/**
 * Reads an address.
 *
 * @param {string} path
 * @param {string} search
 * @returns {Address}
 */
export function parse(path, search) {
  const query = Object.fromEntries(new URLSearchParams(search));
  const parts = path.replace(/^\/console\/?/, '').replace(/\/$/, '').split('/');
  for (const [pattern, page] of PAGES) {
    const names = matched(pattern.split('/'), parts);
    if (names) {
      return {page, names, query};
    }
  }
  return {page: '', names: {}, query};
}

/**
 * @param {string[]} pattern
 * @param {string[]} parts
 * @returns {Record<string, string> | null}
 */
function matched(pattern, parts) {
  if (pattern.length !== parts.length) {
    return null;
  }
  /** @type {Record<string, string>} */
  const names = {};
  for (const [at, want] of pattern.entries()) {
    if (!want.startsWith(':')) {
      if (want !== parts[at]) {
        return null;
      }
      continue;
    }
    try {
      names[want.slice(1)] = decodeURIComponent(parts[at]);
    } catch {
      return null;
    }
  }
  return names;
}

/**
 * The address of a page.
 *
 * @param {string[]} parts segments, not yet encoded
 * @param {Record<string, string | undefined>} [query] empty ones are left out
 */
export function to(parts, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value);
  const search = new URLSearchParams(/** @type {[string, string][]} */ (given)).toString();
  return ROOT + parts.map(encodeURIComponent).join('/') + (search ? `?${search}` : '');
}

const here = () => parse(globalThis.location?.pathname ?? ROOT, globalThis.location?.search ?? '');

/** The address in force. */
export const address = signal(here());

/**
 * Goes to an address of this program.
 *
 * @param {string} href
 * @param {{replace?: boolean}} [how]
 */
export function go(href, how = {}) {
  if (how.replace) {
    history.replaceState(null, '', href);
  } else {
    history.pushState(null, '', href);
    globalThis.scrollTo?.(0, 0);
  }
  address.value = here();
}

/**
 * Changes parts of the query in place.
 *
 * @param {Record<string, string | undefined>} patch
 */
export function say(patch) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(patch)) {
    if (value) {
      query.set(name, value);
    } else {
      query.delete(name);
    }
  }
  const search = query.toString();
  go(location.pathname + (search ? `?${search}` : ''), {replace: true});
}

/** Follows links of this program without loading it again. */
export function follow() {
  addEventListener('popstate', () => (address.value = here()));
  document.addEventListener('click', (event) => {
    const link = /** @type {Element} */ (event.target).closest?.('a[href]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const href = link?.getAttribute('href');
    if (href?.startsWith(ROOT) && plain && !link?.hasAttribute('target') && !event.defaultPrevented) {
      event.preventDefault();
      go(href);
    }
  });
}
