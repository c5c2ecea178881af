/** What changes elsewhere: one stream of events for the whole page, taken up again when it breaks. */
import {signal} from '../lib/html.js';
import {stream} from '../lib/sse.js';
import {Problem} from '../lib/api.js';
import {token} from '../lib/token.js';

/** @typedef {(data: any) => void} Listener */

/** @type {Map<string, Set<Listener>>} */
const listeners = new Map();

/** How the stream is: `opening`, `live`, `lost`. */
export const state = signal('opening');

/** When it was last heard of, in ms. */
export const heard = signal(0);

/** The newest revision that is known. */
export const revision = signal(0);

const SLOWEST = 8000;

/** The API says something every 15 s; after more than two such times a connection is dead, though nothing says so. */
const SILENCE = 35_000;

/** How long a page that is not looked at keeps its stream, in ms. */
const UNSEEN = 5000;

/**
 * @param {string} event a name, or `resume` for a stream that has lost something
 * @param {Listener} listener
 * @returns {() => void} ends it
 */
export function on(event, listener) {
  const all = listeners.get(event) ?? new Set();
  listeners.set(event, all.add(listener));
  return () => void all.delete(listener);
}

/**
 * @param {string} event
 * @param {any} data
 */
export function emit(event, data) {
  if (typeof data?.revision === 'number') {
    revision.value = Math.max(revision.value, data.revision);
  }
  for (const listener of listeners.get(event) ?? []) {
    listener(data);
  }
}

/** Whether a stream was open before, so that the next one may have lost more than the moment between reading and opening. */
let met = false;

/** @param {import('../lib/sse.js').Message} message */
function taken(message) {
  const data = JSON.parse(message.data);
  if ((message.event === 'open' && !data.resumed) || message.event === 'reset' || message.event === 'dropped') {
    emit('resume', {...data, first: !met});
  }
  met = true;
  emit(message.event, data);
}

/** @type {AbortController | null} */
let current = null;

/** The id of the last event that was taken, empty for none. */
let last = '';

/** Begins, or begins again with another token. */
export function connect() {
  current?.abort();
  state.value = 'opening';
  const mine = new AbortController();
  current = mine;
  void run(mine.signal);
}

/** Lets the stream go; the next connection takes up what came since. */
function leave() {
  current?.abort();
  current = null;
  state.value = 'opening';
}

/** @param {AbortSignal} ended */
async function run(ended) {
  for (let wait = 250; !ended.aborted; wait = Math.min(SLOWEST, wait * 2)) {
    try {
      await stream('/v1/events', {
        signal: ended,
        last,
        opened: () => {
          state.value = 'live';
          heard.value = Date.now();
          wait = 250;
        },
        alive: () => void (heard.value = Date.now()),
        take: (message) => {
          last = message.id || last;
          taken(message);
        },
      });
    } catch (error) {
      if (error instanceof Problem && (error.status === 401 || error.status === 403)) {
        state.value = 'lost';
        return;
      }
    }
    if (!ended.aborted) {
      state.value = 'lost';
      await new Promise((done) => setTimeout(done, wait * (0.5 + Math.random() / 2)));
    }
  }
}

/** Follows the token: another one is another stream. */
export function follow() {
  token.subscribe(() => {
    last = '';
    met = false;
    connect();
  });
  setInterval(() => void (state.value === 'live' && Date.now() - heard.value > SILENCE && connect()), SILENCE / 7);
  onlyWhileSeen();
}

/**
 * Over HTTP/1.1 a browser opens six connections to one server, for all of its tabs together and for pages that it keeps to go
 * back to: streams of six of them would leave none for anything else.
 */
function onlyWhileSeen() {
  let unseen = 0;
  addEventListener('pagehide', leave);
  addEventListener('pageshow', (event) => void (event.persisted && connect()));
  document.addEventListener('visibilitychange', () => {
    clearTimeout(unseen);
    if (document.hidden) {
      unseen = setTimeout(leave, UNSEEN);
    } else if (!current || state.value === 'lost') {
      connect();
    }
  });
}
