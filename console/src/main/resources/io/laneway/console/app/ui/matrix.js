/** Lanes × services, of which only what is in sight exists. Rows keep their place; what moves are numbers. */
import {html, signal, useLayoutEffect, useMemo, useRef} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {blocks, inSight, shown} from '../lib/window.js';
import {rate} from '../lib/format.js';
import {go, to} from '../lib/address.js';
import {Lead, MatrixRow, sentence} from './matrix-row.js';

const ROW = 30;
const OVER = {rows: 6, columns: 4};

/**
 * @typedef {object} Scene what rows read
 * @property {import('../data/overview.js').Overview} view
 * @property {import('../data/types.js').ServiceRow[]} services in the order of columns
 * @property {Map<string, number>} places the column of each service
 * @property {string} base
 * @property {number} window seconds
 * @property {import('../../vendor/signals.js').Signal<{from: number, to: number}>} columns
 * @property {import('../../vendor/signals.js').Signal<{lane: string, service: string} | null>} active
 * @property {(lane: string) => void} pin
 */

/** @typedef {{height: number, width: number, side: number, column: number, above: number}} Sizes in px, as the style sheet has them */

/** @type {Sizes} what they are at first, before anything was drawn */
const FIRST = {height: globalThis.innerHeight ?? 900, width: globalThis.innerWidth ?? 1400, side: 268, column: 112, above: 76};

/** @param {any} box @returns {Sizes} */
function measured(box) {
  return {
    height: box.clientHeight,
    width: box.clientWidth,
    side: box.querySelector('.corner').offsetWidth,
    column: parseFloat(getComputedStyle(box).getPropertyValue('--col-width')),
    above: box.querySelector('.top').offsetHeight,
  };
}

/** @param {Sizes} sizes @param {number} left @param {number} total */
const across = (sizes, left, total) => blocks(inSight(left, sizes.width - sizes.side, sizes.column, total, OVER.columns), OVER.columns, total);

/** @param {import('../../vendor/signals.js').Signal<{from: number, to: number}>} range @param {{from: number, to: number}} next */
function move(range, next) {
  if (next.from !== range.value.from || next.to !== range.value.to) {
    range.value = next;
  }
}

/**
 * @param {{view: import('../data/overview.js').Overview, services: import('../data/types.js').ServiceRow[], pins: string[], pin: (lane: string) => void, choose: (service: string) => void}} props
 */
export function Matrix({view, services, pins, pin, choose}) {
  const box = useRef(/** @type {any} */ (null));
  const sizes = useRef(FIRST);
  const page = view.page.value;
  const base = page?.base ?? '';
  const pinned = [base, ...pins.filter((name) => name !== base)].filter((name) => view.rows.has(name));
  void view.loaded.value;
  const order = useMemo(() => view.order.filter((name) => !pinned.includes(name)), [view, view.loaded.value, pinned.join('\n')]);
  const total = Math.max(order.length, view.total.value - pinned.filter((name) => view.placed.has(name)).length);
  const rows = useMemo(() => signal(inSight(0, FIRST.height - 220, ROW, total, OVER.rows)), []);
  const columns = useMemo(() => signal(across(FIRST, 0, services.length)), []);
  const active = useMemo(() => signal(/** @type {{lane: string, service: string} | null} */ (null)), []);
  const scene = useMemo(() => ({view, services, places: new Map(services.map((one, at) => [one.id, at])), base, window: page?.window ?? 60, columns, active, pin}), [view, services, base]);
  // Reads no layout but how far it was scrolled: the rest changes with its size only.
  const look = () => {
    const next = inSight(box.current.scrollTop, sizes.current.height, ROW, total, OVER.rows);
    move(rows, next);
    move(columns, across(sizes.current, box.current.scrollLeft, services.length));
    if (next.to >= view.order.length && view.next) {
      void view.reach(next.to + 200);
    }
  };
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => {
      sizes.current = measured(box.current);
      look();
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [total, services.length, pinned.length]);
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.target === event.currentTarget && step(event, {box: box.current, sizes: sizes.current, lanes: [...pinned, ...order], pinned: pinned.length, scene})) {
      event.preventDefault();
      look();
    }
  };
  const size = {'--columns': String(services.length), '--rows': String(total), '--pinned': String(pinned.length)};
  const parts = {scene, rows, order, pinned: pinned.length, total};
  return html`<div class="matrix" ref=${box} style=${size} onScroll=${look} onPointerMove=${(/** @type {any} */ event) => point(event, scene, sizes.current)}>
    <div class="grid" tabindex="0" role="grid" aria-label=${t('matrix')} aria-rowcount=${total + pinned.length + 1} aria-colcount=${services.length + 1}
        aria-activedescendant=${active.value ? 'cell-active' : undefined} onKeyDown=${keys}>
      <div class="top" role="rowgroup">
        <${Columns} scene=${scene} choose=${choose} chosen=${view.wanted.service} />
        ${pinned.map((name, at) => html`<${MatrixRow} key=${name} scene=${scene} lane=${name} at=${at} index=${at} pinned />`)}
      </div>
      <div class="field-of-rows" role="rowgroup"><${Rows} ...${parts} Part=${MatrixRow} /></div>
    </div>
    <div class="leads"><${Rows} ...${parts} Part=${Lead} /></div>
  </div><${Said} scene=${scene} />`;
}

/** @param {{Part: any, scene: Scene, rows: import('../../vendor/signals.js').Signal<{from: number, to: number}>, order: string[], pinned: number, total: number}} props */
function Rows({Part, scene, rows, order, pinned, total}) {
  const {from, to: end} = rows.value;
  const seen = [];
  for (let at = from; at < Math.min(end, order.length); at++) {
    seen.push(html`<${Part} key=${order[at]} scene=${scene} lane=${order[at]} at=${at} index=${at + pinned} />`);
  }
  for (let at = Math.max(from, order.length); Part === MatrixRow && at < Math.min(end, total); at++) {
    seen.push(html`<div key=${`#${at}`} class="row coming" role="row" aria-rowindex=${at + pinned + 2} style=${{'--at': String(at)}}><div class="lead" role="rowheader"><span class="sr">${t('loading')}</span></div></div>`);
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
 * @param {Scene} scene
 * @param {Sizes} sizes
 */
function point(event, {services, active}, {side, column}) {
  const row = event.target.closest?.('.row[data-lane]');
  const cell = event.target.closest?.('[data-service]');
  const service = cell?.dataset.service ?? (event.target === row && event.offsetX > side ? services[Math.floor((event.offsetX - side) / column)]?.id : undefined);
  if (service && (active.value?.lane !== row.dataset.lane || active.value?.service !== service)) {
    active.value = {lane: row.dataset.lane, service};
  }
}

/**
 * Moves by keys.
 *
 * @param {KeyboardEvent} event
 * @param {{box: any, sizes: Sizes, lanes: string[], pinned: number, scene: Scene}} where
 * @returns {boolean} whether it was one of them
 */
function step(event, {box, sizes, lanes, pinned, scene: {services, active}}) {
  let row = lanes.indexOf(active.value?.lane ?? '');
  let column = services.findIndex((one) => one.id === active.value?.service);
  const jump = Math.max(1, Math.floor(sizes.height / ROW) - pinned - 2);
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
  if (row >= pinned) {
    box.scrollTop = shown(box.scrollTop, sizes.height - sizes.above, ROW, row - pinned);
  }
  box.scrollLeft = shown(box.scrollLeft, sizes.width - sizes.side, sizes.column, column);
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
