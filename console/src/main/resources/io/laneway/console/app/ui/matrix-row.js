/** One lane of the matrix: its head, which stays in sight, and those of its cells that say more than that base serves. */
import {html, computed, useMemo} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {hue} from '../lib/colour.js';
import {rate} from '../lib/format.js';
import {to} from '../lib/address.js';
import {cell, telling} from '../data/cells.js';
import {now} from './parts.js';

/** @typedef {import('./matrix.js').Scene} Scene */
/** @typedef {import('../data/types.js').LaneRow} LaneRow */

const TOUCHED = 8000;

/** @param {number} index of a row, pinned ones first */
const headOf = (index) => `lane-${index}`;

/**
 * @param {Scene} scene
 * @param {string} lane
 * @returns {string} the classes of its head and of its row
 */
function useKind(scene, lane) {
  return useMemo(() => computed(() => {
    const row = scene.view.rows.get(lane)?.value;
    const touched = (scene.view.touched.value.get(lane) ?? 0) > now.value - TOUCHED;
    return `${row?.base ? ' base' : ''}${scene.view.gone.value.has(lane) ? ' gone' : ''}${touched ? ' touched' : ''}`
      + `${row?.state === 'expired' ? ' expired' : ''}${scene.active.value?.lane === lane ? ' at' : ''}`;
  }), [scene, lane]).value;
}

/** @param {LaneRow} row */
const colour = (row) => (row.base ? {} : {'--hue': String(hue(row.name))});

/** @param {{scene: Scene, lane: string, at: number, index: number, pinned?: boolean}} props */
export function Lead({scene, lane, at, index, pinned = false}) {
  const kind = useKind(scene, lane);
  const row = scene.view.rows.get(lane)?.value;
  if (!row) {
    return null;
  }
  const gone = scene.view.gone.value.has(lane);
  return html`<div class="lead${kind}" id=${headOf(index)} role="rowheader" aria-colindex="1" data-lane=${lane} style=${{'--at': String(at), ...colour(row)}}>
      <button type="button" class="pin" aria-pressed=${pinned ? 'true' : 'false'} aria-label=${t(pinned ? 'unpin' : 'pin', {lane})} disabled=${row.base} onClick=${() => scene.pin(lane)}></button>
      <a href=${to(['lanes', lane])} title=${row.description || lane}>${lane}</a>
      ${mark(row, gone)}
      <span class="num ${row.errors ? 'bad' : ''}" title=${t('asked.errors', {n: row.requests ?? 0, errors: row.errors ?? 0})}>${row.requests ? rate(row.requests / scene.window) : ''}</span>
    </div>`;
}

/** @param {{scene: Scene, lane: string, at: number, index: number, pinned?: boolean}} props */
export function MatrixRow({scene, lane, at, index, pinned = false}) {
  const kind = useKind(scene, lane);
  const row = scene.view.rows.get(lane)?.value;
  const active = useMemo(() => computed(() => (scene.active.value?.lane === lane ? scene.active.value.service : '')), [scene, lane]).value;
  if (!row) {
    return null;
  }
  const columns = telling(row, scene.columns.value, scene, (name) => scene.view.rows.get(name)?.peek());
  const pointed = active ? scene.places.get(active) ?? -1 : -1;
  if (pointed >= 0 && !columns.includes(pointed)) {
    columns.push(pointed);
  }
  return html`<div class="row${kind}${pinned ? ' pinned' : ''}" role="row" data-lane=${lane} aria-owns=${pinned ? undefined : headOf(index)} aria-rowindex=${index + 2} style=${{'--at': String(at), ...colour(row)}}>
    ${pinned && html`<${Lead} scene=${scene} lane=${lane} at=${at} index=${index} pinned />`}
    ${columns.map((column) => one(scene, row, column, column === pointed))}
  </div>`;
}

/**
 * @param {LaneRow} row
 * @param {boolean} gone
 */
function mark(row, gone) {
  const word = gone ? t('state.gone') : row.state === 'expiring' ? t('state.expiring') : row.state === 'expired' ? t('state.expired') : row.mode === 'strict' ? t('state.strict') : '';
  return word && html`<em class=${gone ? 'gone' : row.state === 'active' || !row.state ? 'strict' : row.state}>${word}</em>`;
}

/**
 * @param {Scene} scene
 * @param {LaneRow} row
 * @param {number} column
 * @param {boolean} active
 */
function one(scene, row, column, active) {
  const service = scene.services[column];
  const what = of(scene, row, service);
  const away = what.kind !== 'own' && what.served && what.served !== scene.base;
  const style = {'--col': String(column), '--load': String(load(what.requests / scene.window)), ...(away ? {'--to': String(hue(what.served))} : {})};
  return html`<div role="gridcell" key=${service.id} id=${active ? 'cell-active' : undefined} class="cell ${what.kind}${away ? ' away' : ''}${what.errors ? ' failing' : ''}${active ? ' active' : ''}"
    style=${style} aria-colindex=${column + 2} aria-label=${sentence(scene, row, service)} data-service=${service.id}>
    <i>${what.kind === 'own' ? (what.requests ? rate(what.requests / scene.window) : '') : what.kind === 'none' ? '503' : away ? what.served : ''}</i></div>`;
}

/**
 * The length of a bar: a hundredfold of requests is a third of it.
 *
 * @param {number} perSecond
 */
const load = (perSecond) => (perSecond > 0 ? Math.min(1, 0.12 + Math.log10(1 + perSecond * 10) / 5) : 0);

/**
 * @param {Scene} scene
 * @param {LaneRow} row
 * @param {import('../data/types.js').ServiceRow} service
 */
const of = (scene, row, service) => cell(row, service, scene.base, (name) => scene.view.rows.get(name)?.peek());

/**
 * A cell in words.
 *
 * @param {Scene} scene
 * @param {LaneRow} row
 * @param {import('../data/types.js').ServiceRow} service
 */
export function sentence(scene, row, service) {
  const what = of(scene, row, service);
  const names = {lane: row.name, service: service.id, served: what.served, usable: what.usable, endpoints: what.endpoints};
  const first = what.kind === 'own' ? t('cell.own', names)
    : what.kind === 'fallback' ? t('cell.fallback', names)
      : what.kind === 'unready' ? (what.served ? t('cell.unready', names) : t('cell.unready.none', names)) : t('cell.none', names);
  return what.requests ? `${first} ${t('cell.traffic', {rate: rate(what.requests / scene.window), errors: what.errors})}` : first;
}
