/** The first page: who serves what in which lane, now. */
import {html, useEffect, useMemo, useRef, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {address, say, to} from '../lib/address.js';
import {count} from '../lib/format.js';
import {Overview} from '../data/overview.js';
import {Matrix} from '../ui/matrix.js';
import {Act, Choice, Empty, Failed, Field, Head, Waiting} from '../ui/parts.js';
import {newLane} from '../ui/lane-acts.js';

/** How long typing rests before it is looked for, in ms. */
const REST = 180;

export function OverviewPage() {
  const query = address.value.query;
  const wanted = {q: query.q ?? '', state: query.state ?? '', service: query.service ?? '', sort: query.sort ?? ''};
  const [turn, again] = useState(0);
  const view = useMemo(() => new Overview(wanted), [wanted.q, wanted.state, wanted.service, wanted.sort, turn]);
  const before = useRef(/** @type {Overview | null} */ (null));
  useEffect(() => view.begin(), [view]);
  const ready = view.page.value !== null;
  useEffect(() => {
    if (ready) {
      before.current = view;
    }
  }, [ready, view]);
  // While another selection is read, the one before stays in sight.
  const shown = ready || view.error.value ? view : before.current ?? view;
  return html`<${Head} title=${t('nav.overview')} sub=${html`<${Counts} view=${shown} />`}
      acts=${html`<${Act} label=${t('lane.new')} kind="primary" onClick=${newLane} />`} />
    <${Tools} query=${query} />
    <${News} view=${shown} again=${() => again(turn + 1)} />
    <${Body} view=${shown} query=${query} />`;
}

/** @param {{view: Overview}} props */
function Counts({view}) {
  const page = view.page.value;
  if (!page) {
    return html`<span>${t('loading')}</span>`;
  }
  const {lanes = 0, services = 0, deployments = 0, gateways = 0, connected = 0} = page.counts;
  const late = (page.gateways ?? []).filter((one) => (one.lag ?? 0) > 0 && one.connected).length;
  return html`<span class="num">${t('counts', {lanes: count(lanes), services: count(services), deployments: count(deployments)})}</span>
    <a href=${to(['gateways'])} class=${connected < gateways || late ? 'warn' : ''}>${t('counts.gateways', {n: connected, of: gateways})}${late ? ` · ${t('counts.late', {n: late})}` : ''}</a>
    ${(page.shifts ?? []).filter((one) => one.plan && ['running', 'paused'].includes(one.plan.status)).map((one) =>
      html`<a href=${to(['shifts', one.name, 'plan'])}>${t('counts.plan', {shift: one.name, step: (one.plan?.step ?? 0) + 1, of: one.plan?.of ?? 0})}</a>`)}`;
}

/** @param {{query: Record<string, string>}} props */
function Tools({query}) {
  const [q, set] = useState(query.q ?? '');
  const [s, narrow] = useState(query.s ?? '');
  useEffect(() => set(query.q ?? ''), [query.q]);
  useEffect(() => {
    const later = setTimeout(() => (q !== (query.q ?? '') || s !== (query.s ?? '')) && say({q, s}), REST);
    return () => clearTimeout(later);
  }, [q, s]);
  return html`<div class="tools" role="search">
    <${Field} type="search" label=${t('find.lane')} value=${q} onInput=${set} />
    <${Field} type="search" label=${t('find.service')} value=${s} onInput=${narrow} />
    <${Choice} label=${t('state')} value=${query.state ?? ''} onChange=${(/** @type {string} */ state) => say({state})}
      options=${[['', t('state.all')], ['active', t('state.active')], ['expiring', t('state.expiring')], ['expired', t('state.expired')]]} />
    <${Choice} label=${t('sort')} value=${query.sort ?? ''} onChange=${(/** @type {string} */ sort) => say({sort})}
      options=${[['', t('sort.name')], ['requests', t('sort.requests')], ['errors', t('sort.errors')], ['lastUsed', t('sort.used')]]} />
    ${query.service && html`<button type="button" class="chip" onClick=${() => say({service: ''})}>${t('only.service', {service: query.service})} ×</button>`}
    <ul class="legend" aria-label=${t('legend')}>
      <li><i class="cell own"></i>${t('legend.own')}</li><li><i class="cell fallback"></i>${t('legend.fallback')}</li>
      <li><i class="cell unready"></i>${t('legend.unready')}</li><li><i class="cell own failing"></i>${t('legend.failing')}</li></ul>
  </div>`;
}

/** What came and went since, without moving what stands. @param {{view: Overview, again: () => void}} props */
function News({view, again}) {
  const fresh = view.fresh.value.length;
  const gone = view.gone.value.size;
  return html`<p class="news" role="status">${(fresh > 0 || gone > 0) && html`<button type="button" class="link" onClick=${again}>
    ${[fresh ? t('news.fresh', {n: fresh}) : '', gone ? t('news.gone', {n: gone}) : ''].filter((one) => one).join(' · ')} – ${t('news.show')}</button>`}</p>`;
}

/** @param {{view: Overview, query: Record<string, string>}} props */
function Body({view, query}) {
  const page = view.page.value;
  const pins = useMemo(() => (query.pin ? query.pin.split(',') : []), [query.pin]);
  const services = columns(page?.services ?? [], query.s ?? '');
  if (!page) {
    return view.error.value ? html`<${Failed} error=${view.error.value} retry=${() => void view.first()} />` : html`<${Waiting} lines=${12} />`;
  }
  const filtered = query.q || query.state || query.service;
  if (page.counts.services === 0 && page.counts.lanes <= 1) {
    return html`<${Empty} text=${t('overview.empty')} command="laneway table apply -f lanes.yaml" />`;
  }
  const pin = (/** @type {string} */ lane) => say({pin: (pins.includes(lane) ? pins.filter((one) => one !== lane) : [...pins, lane]).join()});
  return html`${view.error.value && html`<${Failed} error=${view.error.value} retry=${() => void view.again()} />`}
    ${filtered && view.total.value === 0 && html`<${Empty} text=${t('overview.none')}><button type="button" onClick=${() => say({q: '', state: '', service: ''})}>${t('filters.clear')}</button><//>`}
    <${Matrix} view=${view} services=${services} pins=${pins} pin=${pin} choose=${(/** @type {string} */ service) => say({service})} />`;
}

/** @type {{key: string, ids: string[]}} */
let placed = {key: '', ids: []};

/**
 * Columns in their order: what lanes change first. Numbers that move do not move columns.
 *
 * @param {import('../data/types.js').ServiceRow[]} services
 * @param {string} part of a name
 */
function columns(services, part) {
  const key = services.map((one) => one.id).join('\n');
  if (key !== placed.key) {
    const sorted = [...services].sort((a, b) => (b.deployments ?? 0) - (a.deployments ?? 0) || a.id.localeCompare(b.id));
    placed = {key, ids: sorted.map((one) => one.id)};
  }
  const by = new Map(services.map((one) => [one.id, one]));
  const wanted = part.trim().toLowerCase();
  return placed.ids.filter((id) => id.toLowerCase().includes(wanted)).map((id) => /** @type {import('../data/types.js').ServiceRow} */ (by.get(id)));
}
