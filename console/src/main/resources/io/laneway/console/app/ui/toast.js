/** Short notes at the edge of the page: what was done, and why something is not. */
import {html, signal} from '../lib/html.js';
import {t} from '../lib/i18n.js';

/** @typedef {{id: number, text: any}} Note */

/** @type {import('../../vendor/signals.js').Signal<Note[]>} */
const notes = signal([]);
let last = 0;
const MOST = 3;
const SHOWN = 9000;

/** @param {any} text words, or what html makes */
export function say(text) {
  const id = ++last;
  notes.value = [...notes.value, {id, text}].slice(-MOST);
  setTimeout(() => drop(id), SHOWN);
}

/** @param {number} id */
const drop = (id) => (notes.value = notes.value.filter((note) => note.id !== id));

/** Where they stand. */
export const Toasts = () => html`<div class="toasts" role="status" aria-live="polite">
  ${notes.value.map((note) => html`<div class="toast" key=${note.id}><span>${note.text}</span>
    <button type="button" aria-label=${t('close')} onClick=${() => drop(note.id)}>×</button></div>`)}
</div>`;
