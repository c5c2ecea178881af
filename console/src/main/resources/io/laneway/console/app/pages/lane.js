/** One lane: what it changes, where it falls back to, how one gets into it. */
import {html, useEffect, useMemo, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {address, to} from '../lib/address.js';
import {call, seg} from '../lib/api.js';
import {curl} from '../lib/curl.js';
import {count, millis, percent, rate} from '../lib/format.js';
import {on} from '../data/live.js';
import {useRead} from '../data/read.js';
import {Chain} from '../ui/chain.js';
import {WaysIn} from '../ui/ways-in.js';
import {drop, keep, renew} from '../ui/lane-acts.js';
import {Act, Empty, Head, Lane, Read, Spark, When} from '../ui/parts.js';

/** @typedef {import('../data/types.js').LaneRow} LaneRow */
/** @typedef {import('../data/types.js').OverviewPage} OverviewPage */

export function LanePage() {
  const name = address.value.names.lane;
  const lane = useRead(`/v1/lanes/${seg(name)}`);
  const overview = useRead(`/v1/overview?${new URLSearchParams({lane: name, limit: '1'})}`, ['revision', 'lanes', 'traffic']);
  const page = /** @type {OverviewPage | null} */ (overview.data);
  const base = page !== null && page.base === name;
  const row = base ? page.baseLane : page?.lanes[0];
  const missing = lane.error?.status === 404 && !base;
  if (missing) {
    return html`<${Head} title=${html`<code>${name}</code>`} /><${Empty} text=${t('lane.missing', {lane: name})} command=${curl(`/v1/lanes/${seg(name)}`, {method: 'PUT', body: {ttl: '7d'}}, location.origin)} />`;
  }
  return html`<${Head} title=${html`<${Lane} name=${name} base=${base} link=${false} />`} sub=${html`<${Facts} row=${row} lane=${lane.data} />`}
      acts=${!base && html`<${Acts} name=${name} lane=${lane} row=${row} />`} />
    <${Read} known=${overview}>${() => row && page && html`
      <${Numbers} row=${row} seconds=${page.window ?? 60} />
      <section><h2>${t('lane.chain')}</h2><${Chain} row=${row} page=${page} /></section>
      <section><h2>${t('lane.own')}</h2><${Own} name=${name} row=${row} page=${page} /></section>
      ${!base && html`<section><h2>${t('lane.ways')}</h2><${WaysIn} lane=${name} /></section>`}
      <section><h2>${t('lane.findings')}</h2><${Findings} lane=${name} services=${row.services ?? []} /></section>`}<//>`;
}

/** @param {{row?: LaneRow, lane: any}} props */
function Facts({row, lane}) {
  const one = {...row, ...lane};
  return html`${one.description && html`<span>${one.description}</span>`}
    ${row?.base && html`<span>${t('lane.isbase')}</span>`}
    ${one.state && one.state !== 'active' && html`<span class="warn">${t(one.state === 'expired' ? 'state.expired' : 'state.expiring')}</span>`}
    ${one.mode === 'strict' && html`<span>${t('mode.strict')}</span>`}
    ${one.keep && html`<span>${t('lane.kept')}</span>`}
    ${one.discovered && html`<span>${t('lane.discovered')}</span>`}
    ${one.expiresAt && html`<span>${t('lane.expires')} <${When} at=${one.expiresAt} /></span>`}
    ${!one.expiresAt && one.idleUntil && html`<span>${t('lane.idle')} <${When} at=${one.idleUntil} /></span>`}
    ${one.lastUsed && html`<span>${t('lane.used')} <${When} past at=${one.lastUsed} /></span>`}
    ${(row?.environmentOf ?? []).map((/** @type {string} */ shift) => html`<a href=${to(['shifts', shift])}>${t('lane.environment', {shift})}</a>`)}`;
}

/** @param {{name: string, lane: any, row?: LaneRow}} props */
function Acts({name, lane, row}) {
  const environment = row?.environmentOf?.length ? t('lane.drop.environment', {shift: row.environmentOf.join(', ')}) : false;
  return html`<${Act} label=${t('renew')} lane=${name} onClick=${() => renew(name, lane)} />
    <${Act} label=${lane.data?.keep ? t('unkeep') : t('keep')} lane=${name} onClick=${() => keep(name, !lane.data?.keep, lane)} />
    <${Act} label=${t('drop')} lane=${name} kind="danger" disabled=${environment} onClick=${() => drop(name, lane)} />`;
}

/** @param {{row: LaneRow, seconds: number}} props */
function Numbers({row, seconds}) {
  const asked = row.requests ?? 0;
  const tail = to(['tail'], {lane: row.name});
  return html`<dl class="numbers">
    <div><dt>${t('asked')}</dt><dd><a href=${tail}>${rate(asked / seconds)}<small>/s</small></a> <${Spark} values=${row.sparkline} label=${t('spark', {lane: row.name})} /></dd></div>
    <div><dt>${t('fell.back')}</dt><dd><a href=${to(['tail'], {lane: row.name, decision: 'fallback_absent,fallback_unready'})}>${count(row.fallbacks ?? 0)}</a>${asked > 0 && html` <small>${percent((row.fallbacks ?? 0) / asked)}</small>`}</dd></div>
    <div><dt>${t('errors')}</dt><dd><a class=${row.errors ? 'bad' : ''} href=${to(['tail'], {lane: row.name, status: '5xx'})}>${count(row.errors ?? 0)}</a>${asked > 0 && html` <small>${percent((row.errors ?? 0) / asked)}</small>`}</dd></div>
    <div><dt>p50</dt><dd>${row.p50 === undefined || row.p50 === null ? '–' : millis(row.p50)}</dd></div>
    <div><dt>p99</dt><dd>${row.p99 === undefined || row.p99 === null ? '–' : millis(row.p99)}</dd></div>
  </dl>`;
}

/**
 * A lane's own deployments beside those of base: that is how they differ.
 *
 * @param {{name: string, row: LaneRow, page: OverviewPage}} props
 */
function Own({name, row, page}) {
  const own = row.base ? [] : row.services ?? [];
  const details = useDetails(own.map((one) => one.service));
  if (row.base) {
    return html`<p class="faint">${t('lane.base.all', {n: page.counts.services})}</p>`;
  }
  if (!own.length) {
    return html`<${Empty} text=${t('lane.own.none')} command=${curl(`/v1/services/order/deployments/${seg(name)}`, {method: 'PUT', body: {endpoints: ['127.0.0.1:9002']}}, location.origin)} />`;
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('lane.own')}><table class="list">
    <thead><tr><th>${t('service')}</th><th>${t('lane.endpoints')}</th><th>${t('lane.base.endpoints')}</th><th class="right">${t('per.second')}</th><th class="right">${t('errors')}</th></tr></thead>
    <tbody>${own.map((one) => html`<tr class=${address.value.query.service === one.service ? 'chosen' : ''}>
      <th scope="row"><a href=${to([], {service: one.service})}>${one.service}</a></th>
      <td>${endpoints(details.get(one.service), name, one)}</td><td class="faint">${endpoints(details.get(one.service), page.base)}</td>
      <td class="right num"><a href=${to(['tail'], {lane: name, service: one.service})}>${rate((one.requests ?? 0) / (page.window ?? 60))}</a></td>
      <td class="right num"><a class=${one.errors ? 'bad' : ''} href=${to(['tail'], {lane: name, service: one.service, status: '5xx'})}>${count(one.errors ?? 0)}</a></td></tr>`)}
    </tbody></table></div>`;
}

/**
 * The services as they stand, read together and again at each revision.
 *
 * @param {string[]} services
 * @returns {Map<string, any>}
 */
function useDetails(services) {
  const [found, put] = useState(/** @type {Map<string, any>} */ (new Map()));
  const names = useMemo(() => services.slice(0, 50).join('\n'), [services.join('\n')]);
  useEffect(() => {
    const read = async () => {
      const all = names.split('\n').filter((one) => one);
      const replies = await Promise.allSettled(all.map((one) => call(`/v1/services/${seg(one)}`)));
      put(new Map(replies.flatMap((reply, at) => (reply.status === 'fulfilled' ? [[all[at], reply.value.body]] : []))));
    };
    void read();
    return on('revision', () => void read());
  }, [names]);
  return found;
}

/**
 * @param {any} service
 * @param {string} lane
 * @param {import('../data/types.js').OwnService} [own]
 */
function endpoints(service, lane, own) {
  const deployment = service?.deployments?.find((/** @type {any} */ one) => one.lane === lane);
  const all = deployment?.endpoints ?? deployment?.ports?.flatMap((/** @type {any} */ port) => port.endpoints ?? []) ?? [];
  if (!deployment) {
    return own ? html`<span class=${own.usable ? '' : 'warn'}>${t('lane.usable', {n: own.usable, of: own.endpoints})}</span>` : '–';
  }
  return html`${all.map((/** @type {any} */ one) => html`<code class=${one.ready === false ? 'unready' : ''}>${one.address ?? one}${one.draining ? ` ${t('draining')}` : one.ready === false ? ` ${t('unready')}` : ''}</code> `)}
    ${all.length === 0 && html`<span class="warn">${t('lane.usable', {n: 0, of: 0})}</span>`}`;
}

/** Who loses the lane, and what else is odd about it. @param {{lane: string, services: {service: string}[]}} props */
function Findings({lane, services}) {
  const lint = useRead('/v1/lint', ['revision', 'lint']);
  return html`<${Read} known=${lint} lines=${2}>${(/** @type {any} */ data) => {
    const mine = data.findings.filter((/** @type {any} */ one) => names(one.subject, lane) || (one.rule === 'context-lost' && services.some((own) => names(one.subject, own.service))));
    return mine.length
      ? html`<ul class="findings">${mine.map((/** @type {any} */ one) => html`<li><strong>${one.rule}</strong> <code>${one.subject}</code> ${one.message}</li>`)}</ul>`
      : html`<p class="faint">${t('lane.findings.none')}</p>`;
  }}<//>`;
}

/**
 * @param {string} subject
 * @param {string} name
 */
const names = (subject, name) => subject.split(/[\s/,]+/).includes(name);
