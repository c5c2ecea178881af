/** Every gateway: whether it is there, what it has applied. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {count} from '../lib/format.js';
import {useRead} from '../data/read.js';
import {Empty, Head, Read, When} from '../ui/parts.js';

export function GatewaysPage() {
  const known = useRead('/v1/gateways', ['revision', 'gateways', 'traffic']);
  const all = known.data?.gateways ?? [];
  const there = all.filter((/** @type {any} */ one) => one.connected).length;
  return html`<${Head} title=${t('nav.gateways')} sub=${known.data && html`<span class="num">${t('counts.gateways', {n: there, of: all.length})}</span><span class="num">${t('revision', {n: known.data.revision})}</span>`} />
    <${Read} known=${known}>${() => (all.length ? html`<${List} all=${all} />` : html`<${Empty} text=${t('gateways.none')} command="laneway gateway -c laneway.yaml" />`)}<//>`;
}

/** @param {{all: import('../data/types.js').GatewayRow[]}} props */
const List = ({all}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('nav.gateways')}><table class="list">
  <thead><tr><th>${t('gateways.id')}</th><th>${t('gateways.state')}</th><th class="right">${t('gateways.revision')}</th><th class="right">${t('gateways.lag')}</th><th class="right">${t('gateways.shed')}</th><th>${t('gateways.version')}</th><th>${t('gateways.address')}</th><th>${t('gateways.seen')}</th><th>${t('gateways.answers')}</th></tr></thead>
  <tbody>${all.map((one) => html`<tr key=${one.id}><th scope="row"><code>${one.id}</code></th>
    <td class=${one.connected ? '' : 'warn'}>${one.connected ? one.state ?? t('gateways.connected') : one.missed ? t('gateways.missed') : t('gateways.gone')}</td>
    <td class="right num">${one.revision === undefined ? '–' : count(one.revision)}</td><td class="right num ${(one.lag ?? 0) > 0 ? 'warn' : ''}">${one.lag ?? '–'}</td>
    <td class="right num ${one.shed ? 'warn' : ''}" title=${t('gateways.shed.text')}>${one.shed === undefined ? '–' : count(one.shed)}</td>
    <td>${one.version}</td><td><code>${one.address}</code></td><td><${When} past at=${one.lastSeen} /></td><td>${(one.questions ?? []).join(', ') || html`<span class="warn">${t('gateways.older')}</span>`}</td></tr>`)}</tbody></table></div>`;
