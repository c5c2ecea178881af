/** What was read from the API and is shown: kept while it is read again, so that a page never goes blank. */
import {signal, useEffect} from '../lib/html.js';
import {call} from '../lib/api.js';
import {left, token} from '../lib/token.js';
import {on} from './live.js';

/**
 * @typedef {object} Known
 * @property {any} data null until it was read
 * @property {string} etag
 * @property {any} error of the last attempt, null for none
 * @property {boolean} loading
 * @property {number} at when it was read, in ms
 */

/** @typedef {{path: string, known: import('../../vendor/signals.js').Signal<Known>, users: number, again: boolean}} Entry */

/** @type {Map<string, Entry>} */
const entries = new Map();
const MOST = 60;

/** @returns {Known} */
const nothing = () => ({data: null, etag: '', error: null, loading: true, at: 0});

/**
 * @param {string} path
 * @returns {Entry}
 */
function entry(path) {
  let one = entries.get(path);
  if (!one) {
    one = {path, known: signal(nothing()), users: 0, again: false};
    entries.set(path, one);
    forget();
  }
  return one;
}

/** Drops what was not used for longest. */
function forget() {
  for (const [path, one] of entries) {
    if (entries.size <= MOST) {
      return;
    }
    if (one.users === 0) {
      entries.delete(path);
    }
  }
}

/** @type {Map<Entry, Promise<void>>} */
const running = new Map();

/** Counts readers: what was asked for by one is not shown to the next. */
let readers = 0;

/**
 * Reads once at a time; what changes meanwhile is read once more.
 *
 * @param {Entry} one
 * @returns {Promise<void>}
 */
function load(one) {
  const under = running.get(one);
  if (under) {
    one.again = true;
    return under;
  }
  const next = read(one).finally(() => {
    running.delete(one);
    if (one.again && one.users > 0) {
      one.again = false;
      void load(one);
    }
  });
  running.set(one, next);
  return next;
}

/** @param {Entry} one */
async function read(one) {
  one.known.value = {...one.known.value, loading: true};
  const reader = readers;
  try {
    const reply = await call(one.path);
    if (reader === readers) {
      one.known.value = {data: reply.body, etag: reply.etag, error: null, loading: false, at: Date.now()};
    }
  } catch (error) {
    if (reader === readers) {
      one.known.value = {...one.known.value, error, loading: false};
    }
  }
}

/**
 * Reads a path for as long as a component is there, again at each of these events.
 *
 * @param {string} path empty for nothing yet
 * @param {string[]} [events] by default when the table changes
 * @returns {Known & {refresh: () => void}}
 */
export function useRead(path, events = ['revision']) {
  const one = entry(path);
  const names = events.join();
  useEffect(() => {
    if (!path) {
      return undefined;
    }
    one.users++;
    void load(one);
    const again = () => void load(one);
    const ends = [...names.split(',').filter((name) => name), 'resume'].map((name) => on(name, again));
    return () => {
      one.users--;
      ends.forEach((end) => end());
    };
  }, [path, names]);
  return {...one.known.value, refresh: () => void load(one)};
}

/** With another token everything is read again, and nothing of the other reader stays. */
export function follow() {
  const known = {token: token.peek(), left: left.peek()};
  const other = () => {
    if (known.token === token.peek() && known.left === left.peek()) {
      return;
    }
    Object.assign(known, {token: token.peek(), left: left.peek()});
    readers++;
    for (const [path, one] of entries) {
      one.known.value = nothing();
      if (one.users > 0) {
        void load(one);
      } else {
        entries.delete(path);
      }
    }
  };
  token.subscribe(other);
  left.subscribe(other);
}
