/** Server-sent events over fetch, since an EventSource cannot send a token (WHATWG HTML, section 9.2). */
import {headersOf, reach, refuse} from './api.js';

/** @typedef {{event: string, data: string, id: string}} Message */

/** Takes the text of a stream in pieces and gives whole messages. */
export class Messages {
  constructor() {
    this.rest = '';
    this.fresh = {event: '', data: '', id: ''};
    this.any = false;
  }

  /**
   * @param {string} text the next piece
   * @returns {Message[]} those that it completes
   */
  take(text) {
    /** @type {Message[]} */
    const done = [];
    const all = this.rest + text;
    // A piece may end between the two characters of one line end.
    const whole = all.endsWith('\r') ? all.slice(0, -1) : all;
    const lines = whole.split(/\r\n|\n|\r/);
    this.rest = (lines.pop() ?? '') + all.slice(whole.length);
    for (const line of lines) {
      if (line !== '') {
        this.field(line);
      } else {
        if (this.any) {
          done.push({...this.fresh, event: this.fresh.event || 'message'});
        }
        this.fresh = {event: '', data: '', id: this.fresh.id};
        this.any = false;
      }
    }
    return done;
  }

  /** @param {string} line */
  field(line) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') {
      this.fresh.data += (this.any ? '\n' : '') + value;
      this.any = true;
    } else if (name === 'event') {
      this.fresh.event = value;
    } else if (name === 'id') {
      this.fresh.id = value;
    }
  }
}

/**
 * Reads a stream to its end.
 *
 * @param {string} path
 * @param {{signal: AbortSignal, last?: string, opened: () => void, take: (message: Message) => void, alive?: () => void}} how
 *     `last` is the id of the last event that was taken; `alive` hears of each piece, comments too
 */
export async function stream(path, {signal, last, opened, take, alive}) {
  const headers = {...headersOf({}), accept: 'text/event-stream', ...(last ? {'last-event-id': last} : {})};
  const response = await reach(path, {headers, signal, cache: 'no-store'});
  if (!response.ok || !response.body) {
    const text = await response.text();
    refuse(response.status, text.startsWith('{') ? JSON.parse(text) : {detail: text});
    return;
  }
  opened();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const messages = new Messages();
  for (;;) {
    const {done, value} = await reader.read();
    if (done) {
      return;
    }
    alive?.();
    messages.take(value).forEach(take);
  }
}
