/** Lanes × services, of which only what is in sight exists. Rows keep their place; what moves are numbers. */
import {html, signal, useEffect, useMemo, useRef} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {inSight, shown} from '../lib/window.js';
import {rate} from '../lib/format.js';
import {go, to} from '../lib/address.js';
import {MatrixRow, sentence} from './matrix-row.js';

export const ROW = 30;
export const COLUMN = 112;
const OVER = {rows: 6, columns: 2};

/**
 * @typedef {object} Scene what rows read
 * @property {import('../data/overview.js').Overview} view
 * @property {import('../data/types.js').ServiceRow[]} services in the order of columns
 * @property {string} base
 * @property {number} window seconds
 * @property {import('../../vendor/signals.js').Signal<{from: number, to: number}>} columns
 * @property {import('../../vendor/signals.js').Signal<{lane: string, service: string} | null>} active
 * @property {(lane: string) => void} pin
 */

/**
 * @param {{view: import('../data/overview.js').Overview, services: import('../data/types.js').ServiceRow[], pins: string[], pin: (lane: string) => void, choose: (service: string) => void}} props
 */
export function Matrix({view, services, pins, pin, choose}) {
  const box = useRef(/** @type {any} */ (null));
  const rows = useMemo(() => signal({from: 0, to: 40}), []);
  const columns = useMemo(() => signal({from: 0, to: 14}), []);
  const active = useMemo(() => signal(/** @type {{lane: string, service: string} | null} */ (null)), []);
  const page = view.page.value;
  const base = page?.base ?? '';
  const pinned = [base, ...pins.filter((name) => name !== base)].filter((name) => view.rows.has(name));
  void view.loaded.value;
  const order = useMemo(() => view.order.filter((name) => !pinned.includes(name)), [view, view.loaded.value, pinned.join('\n')]);
  const total = Math.max(order.length, view.total.value - pinned.filter((name) => view.placed.has(name)).length);
  const scene = useMemo(() => ({view, services, base, window: page?.window ?? 60, columns, active, pin}), [view, services, base]);
  const look = () => {
    const el = box.current;
    if (!el) {
      return;
    }
    const side = el.querySelector('.corner')?.offsetWidth ?? 0;
    const next = inSight(el.scrollTop, el.clientHeight, ROW, total, OVER.rows);
    const across = inSight(el.scrollLeft, el.clientWidth - side, COLUMN, services.length, OVER.columns);
    if (next.from !== rows.value.from || next.to !== rows.value.to) {
      rows.value = next;
    }
    if (across.from !== columns.value.from || across.to !== columns.value.to) {
      columns.value = across;
    }
    if (next.to >= view.order.length && view.next) {
      void view.reach(next.to + 200);
    }
  };
  useEffect(() => {
    look();
    const watch = new ResizeObserver(look);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [total, services.length]);
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.target === box.current && step(event, {box: box.current, lanes: [...pinned, ...order], pinned: pinned.length, services, active})) {
      event.preventDefault();
      look();
    }
  };
  const size = {'--columns': String(services.length), '--rows': String(total), '--pinned': String(pinned.length)};
  return html`<div class="matrix" ref=${box} tabindex="0" role="grid" aria-label=${t('matrix')} aria-rowcount=${total + pinned.length + 1} aria-colcount=${services.length + 1}
      aria-activedescendant=${active.value ? 'cell-active' : undefined} style=${size} onScroll=${look} onKeyDown=${keys}
      onPointerOver=${(/** @type {any} */ event) => point(event, active)}>
    <div class="top" role="rowgroup">
      <${Columns} scene=${scene} choose=${choose} chosen=${view.wanted.service} />
      ${pinned.map((name, at) => html`<${MatrixRow} key=${name} scene=${scene} lane=${name} at=${at} pinned />`)}
    </div>
    <div class="field-of-rows" role="rowgroup"><${Rows} scene=${scene} rows=${rows} order=${order} pinned=${pinned.length} total=${total} /></div>
  </div><${Said} scene=${scene} />`;
}

/** @param {{scene: Scene, rows: import('../../vendor/signals.js').Signal<{from: number, to: number}>, order: string[], pinned: number, total: number}} props */
function Rows({scene, rows, order, pinned, total}) {
  const {from, to: end} = rows.value;
  const seen = [];
  for (let at = from; at < Math.min(end, total); at++) {
    seen.push(at < order.length
      ? html`<${MatrixRow} key=${order[at]} scene=${scene} lane=${order[at]} at=${at} index=${at + pinned} />`
      : html`<div key=${`#${at}`} class="row coming" role="row" aria-rowindex=${at + pinned + 2} style=${{'--at': String(at)}}><div class="lead" role="rowheader"><span class="sr">${t('loading')}</span></div></div>`);
  }
  return seen;
}

/** @param {{scene: Scene, choose: (service: string) => void, chosen: string}} props */
function Columns({scene, choose, chosen}) {
  const {from, to: end} = scene.columns.value;
  return html`<div class="row heads" role="row" aria-rowindex="1">
    <div class="corner" role="columnheader" aria-colindex="1"><span>${t('lane')}</span><span class="num">${t('per.second')}</span></div>
    ${scene.services.slice(from, end).map((one, n) => html`<div class="col" role="columnheader" key=${one.id} aria-colindex=${from + n + 2} style=${{'--col': String(from + n)}}>
      <button type="button" title=${one.id} aria-pressed=${chosen === one.id ? 'true' : 'false'} onClick=${() => choose(chosen === one.id ? '' : one.id)}>${one.id}</button>
      <span class="num ${one.errors ? 'bad' : ''}">${one.requests ? rate(one.requests / scene.window) : ''}</span></div>`)}
  </div>`;
}

/**
 * The cell below the pointer is the one that is spoken of.
 *
 * @param {any} event
 * @param {Scene['active']} active
 */
function point(event, active) {
  const cell = event.target.closest?.('[data-service]');
  if (cell && (active.value?.lane !== cell.dataset.lane || active.value?.service !== cell.dataset.service)) {
    active.value = {lane: cell.dataset.lane, service: cell.dataset.service};
  }
}

/**
 * Moves by keys.
 *
 * @param {KeyboardEvent} event
 * @param {{box: any, lanes: string[], pinned: number, services: import('../data/types.js').ServiceRow[], active: Scene['active']}} where
 * @returns {boolean} whether it was one of them
 */
function step(event, {box, lanes, pinned, services, active}) {
  let row = lanes.indexOf(active.value?.lane ?? '');
  let column = services.findIndex((one) => one.id === active.value?.service);
  const jump = Math.max(1, Math.floor(box.clientHeight / ROW) - pinned - 2);
  const moves = /** @type {Record<string, [number, number]>} */ ({ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [jump, 0], PageUp: [-jump, 0], Home: [0, -services.length], End: [0, services.length]});
  if (event.key === 'Enter' && active.value) {
    go(to(['lanes', active.value.lane], {service: active.value.service}));
    return true;
  }
  const move = moves[event.key];
  if (!move || !lanes.length || !services.length) {
    return false;
  }
  row = row < 0 ? 0 : Math.max(0, Math.min(lanes.length - 1, row + move[0]));
  column = column < 0 ? 0 : Math.max(0, Math.min(services.length - 1, column + move[1]));
  active.value = {lane: lanes[row], service: services[column].id};
  const side = box.querySelector('.corner').offsetWidth;
  const above = box.querySelector('.top').offsetHeight;
  if (row >= pinned) {
    box.scrollTop = shown(box.scrollTop, box.clientHeight - above, ROW, row - pinned);
  }
  box.scrollLeft = shown(box.scrollLeft, box.clientWidth - side, COLUMN, column);
  return true;
}

/** What the active cell says, in words, and where its requests are. @param {{scene: Scene}} props */
function Said({scene}) {
  const at = scene.active.value;
  const row = at && scene.view.rows.get(at.lane)?.value;
  const service = at && scene.services.find((one) => one.id === at.service);
  if (!row || !service) {
    return html`<p class="said faint">${t('matrix.hint')}</p>`;
  }
  return html`<p class="said"><span aria-live="polite">${sentence(scene, row, service)}</span>
    <a href=${to(['lanes', row.name])}>${t('lane')}</a>
    <a href=${to(['explain'], {service: service.id, lane: row.base ? '' : row.name})}>${t('nav.explain')}</a>
    <a href=${to(['tail'], {lane: row.name, service: service.id})}>${t('nav.tail')}</a></p>`;
}
