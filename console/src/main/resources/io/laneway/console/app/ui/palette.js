/** Goes anywhere by its name: pages, lanes, shifts, the id of a request. */
import {html, signal, useEffect, useRef, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {call} from '../lib/api.js';
import {go, to} from '../lib/address.js';
import {asked} from '../lib/curl.js';

/** @typedef {{kind: string, text: string, href: string}} Hit */

const shown = signal(false);
export const openPalette = () => void (shown.value = true);

/** Ctrl-K or ⌘K opens it from anywhere. */
export function keys() {
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      shown.value = !shown.value;
    }
  });
}

/** @returns {Hit[]} */
const pages = () => /** @type {[string[], import('../lib/i18n.js').Key][]} */ ([
  [[], 'nav.overview'], [['shifts'], 'nav.shifts'], [['explain'], 'nav.explain'], [['tail'], 'nav.tail'], [['history'], 'nav.history'],
  [['lint'], 'nav.lint'], [['gateways'], 'nav.gateways'], [['messages'], 'nav.messages'], [['recordings'], 'nav.recordings'], [['replays'], 'nav.replays'], [['tokens'], 'nav.tokens'],
]).map(([parts, key]) => ({kind: t('kind.page'), text: t(key), href: to(parts)}));

/**
 * @param {string} q
 * @param {AbortSignal} signal
 * @returns {Promise<Hit[]>}
 */
async function found(q, signal) {
  const {body} = await call(`/v1/overview?${new URLSearchParams({q, limit: '8'})}`, {signal});
  const has = (/** @type {string} */ name) => name.toLowerCase().includes(q.toLowerCase());
  const shifts = (body.shifts ?? []).filter((/** @type {any} */ one) => has(one.name));
  const services = (body.services ?? []).filter((/** @type {any} */ one) => has(one.id)).slice(0, 5);
  return [
    ...body.lanes.map((/** @type {any} */ one) => ({kind: t('kind.lane'), text: one.name, href: to(['lanes', one.name])})),
    ...shifts.map((/** @type {any} */ one) => ({kind: t('kind.shift'), text: one.name, href: to(['shifts', one.name])})),
    ...services.map((/** @type {any} */ one) => ({kind: t('kind.service'), text: one.id, href: to([], {service: one.id})})),
  ];
}

export const Palette = () => (shown.value ? html`<${Box} />` : null);

function Box() {
  const box = useRef(/** @type {any} */ (null));
  const [q, set] = useState('');
  const [hits, put] = useState(/** @type {Hit[]} */ ([]));
  const [at, move] = useState(0);
  useEffect(() => box.current.showModal(), []);
  useEffect(() => {
    const ended = new AbortController();
    const named = pages().filter((one) => one.text.toLowerCase().includes(q.toLowerCase()));
    const id = asked(q)?.request;
    const story = id && id.length >= 16 ? [{kind: t('kind.request'), text: id, href: to(['requests', id])}] : [];
    put([...story, ...named]);
    move(0);
    if (q.trim()) {
      void found(q.trim(), ended.signal).then((more) => put([...story, ...more, ...named]), () => {});
    }
    return () => ended.abort();
  }, [q]);
  const take = (/** @type {Hit | undefined} */ hit) => {
    if (hit) {
      box.current.close();
      go(hit.href);
    }
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move((at + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % Math.max(1, hits.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(hits[at]);
    }
  };
  return html`<dialog ref=${box} class="palette" aria-label=${t('find')} onClose=${() => (shown.value = false)}
      onClick=${(/** @type {Event} */ event) => event.target === box.current && box.current.close()}>
    <input type="text" role="combobox" aria-expanded="true" aria-controls="palette-hits" aria-activedescendant=${hits.length ? `hit-${at}` : undefined} aria-label=${t('find.what')}
      placeholder=${t('find.what')} value=${q} autocomplete="off" spellcheck="false" onInput=${(/** @type {any} */ event) => set(event.target.value)} onKeyDown=${press} />
    <ul id="palette-hits" role="listbox" aria-label=${t('find.hits')}>
      ${hits.map((hit, n) => html`<li id=${`hit-${n}`} role="option" aria-selected=${n === at ? 'true' : 'false'} onMouseDown=${(/** @type {Event} */ event) => { event.preventDefault(); take(hit); }}>
        <span class="kind">${hit.kind}</span><span>${hit.text}</span></li>`)}
    </ul>
    ${hits.length === 0 && html`<p class="faint">${t('find.none')}</p>`}
  </dialog>`;
}
