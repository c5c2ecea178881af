/** Shares of tenants as one bar: each border between two is a handle. */
import {html, useRef} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {hue} from '../lib/colour.js';
import {ALL, drag, rest, share} from '../lib/shares.js';

/** @typedef {{lane: string, slots: number}} Part */

/** What an arrow key moves: 1 %; with shift 0.01 %. */
const STEP = 100;

/**
 * @param {{parts: Part[], base: string, readonly?: boolean, onChange: (slots: number[]) => void}} props
 */
export function ShareBar({parts, base, readonly, onChange}) {
  const box = useRef(/** @type {any} */ (null));
  const values = parts.map((part) => part.slots);
  const left = Math.max(0, rest(values));
  let sum = 0;
  const place = (/** @type {any} */ event, /** @type {number} */ at, /** @type {boolean} */ fine) => {
    const area = box.current.getBoundingClientRect();
    const wish = ((event.clientX - area.left) / area.width) * ALL;
    onChange(drag(values, at, fine ? wish : Math.round(wish / STEP) * STEP));
  };
  const press = (/** @type {KeyboardEvent} */ event, /** @type {number} */ at) => {
    const border = values.slice(0, at + 1).reduce((all, one) => all + one, 0);
    const step = event.shiftKey ? 1 : STEP;
    const wish = /** @type {Record<string, number>} */ ({ArrowRight: border + step, ArrowUp: border + step, ArrowLeft: border - step, ArrowDown: border - step, Home: 0, End: ALL})[event.key];
    if (wish !== undefined) {
      event.preventDefault();
      onChange(drag(values, at, wish));
    }
  };
  return html`<div class="share-bar" ref=${box}>
    ${parts.map((part) => html`<div class="part" key=${part.lane} style=${{'--hue': String(hue(part.lane)), '--share': String(part.slots / ALL)}}>${part.slots >= 400 ? html`<span>${part.lane}</span>` : ''}</div>`)}
    <div class="part base" style=${{'--share': String(left / ALL)}}>${left >= 400 ? html`<span>${base}</span>` : ''}</div>
    ${!readonly && parts.map((part, at) => {
      sum += part.slots;
      return html`<div class="handle" key=${`handle-${part.lane}`} role="slider" tabindex="0" style=${{'--at': String(sum / ALL)}} aria-label=${t('shift.share.of', {lane: part.lane})}
        aria-valuemin="0" aria-valuemax="100" aria-valuenow=${part.slots / 100} aria-valuetext=${share(part.slots)}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => press(event, at)}
        onPointerDown=${(/** @type {any} */ event) => { event.preventDefault(); event.target.setPointerCapture(event.pointerId); event.target.focus(); }}
        onPointerMove=${(/** @type {any} */ event) => event.target.hasPointerCapture(event.pointerId) && place(event, at, event.shiftKey)}></div>`;
    })}
  </div>`;
}
