/** Consumer groups of message lanes: lag, and how far the hand-over between the base group and each lane is. */
import {html, useEffect} from '../lib/html.js';
import {known as text, t} from '../lib/i18n.js';
import {address, say} from '../lib/address.js';
import {count} from '../lib/format.js';
import {useRead} from '../data/read.js';
import {Copy, Empty, Lane, Later, Read, When} from './parts.js';

const PAGE = 200;
/** How often the brokers are asked, in ms; the control API shares a look among those who ask within it. */
const EACH = 5_000;

/** @typedef {{broker: string, base: string, group: string, topic: string, lane?: string, state: string, members: number, partitions: number, without: number, lag: number, handover?: Record<string, number>}} Group */
/** @typedef {{name: string, at: string, problem?: string, unknown?: number}} Broker */
/** @typedef {{missing?: string, brokers: Broker[], groups: Group[], total: number, next?: string}} Messages */

export function Groups() {
  const q = address.value.query.q ?? '';
  const known = useRead(`/v1/messages?limit=${PAGE}&q=${encodeURIComponent(q)}`, []);
  useEffect(() => {
    const each = setInterval(known.refresh, EACH);
    return () => clearInterval(each);
  }, [q]);
  return html`<${Read} known=${known}>${(/** @type {Messages} */ data) => (data.missing
    ? html`<${Empty} text=${t('messages.nowhere')} command="laneway control --kafka-messages broker:9092" />`
    : html`${data.brokers.map((one) => html`<${Looked} key=${one.name} broker=${one} />`)}
      ${data.groups.length || q ? html`<div class="tools" role="search"><${Later} label=${t('messages.find')} placeholder="billing" value=${q} onInput=${(/** @type {string} */ value) => say({q: value})} /></div>` : ''}
      ${data.groups.length ? html`<${Table} data=${data} />` : nothing(data, q)}`)}<//>`;
}

/** @param {Messages} data @param {string} q */
const nothing = (data, q) => (data.brokers.every((one) => one.problem) ? '' : html`<${Empty} text=${q ? t('messages.groups.other', {q}) : t('messages.groups.none')} />`);

/** @param {{broker: Broker}} props */
function Looked({broker}) {
  if (broker.problem) {
    return html`<div class="failed" role="alert"><p><strong>${broker.name}</strong> ${broker.problem}</p><p>${t('messages.problem')}</p></div>`;
  }
  return html`<p class="faint"><code>${broker.name}</code> <${When} past at=${broker.at} />${broker.unknown ? html` <span class="warn">${t('messages.unknown', {n: count(broker.unknown)})}</span>` : ''}</p>`;
}

/** @param {{data: Messages}} props */
const Table = ({data}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('messages.groups')}><table class="list">
  <thead><tr><th>${t('messages.group')}</th><th>${t('messages.topic')}</th><th>${t('lane')}</th><th>${t('messages.handover')}</th><th class="right">${t('messages.records')}</th><th class="right">${t('messages.members')}</th><th>${t('messages.state')}</th></tr></thead>
  <tbody>${data.groups.map((one) => html`<tr key=${`${one.broker} ${one.group} ${one.topic}`}><th scope="row"><code>${one.group}</code></th><td><code>${one.topic}</code></td>
    <td>${one.lane ? html`<${Lane} name=${one.lane} base=${false} />` : html`<span class="faint">${t('messages.base')}</span>`}</td>
    <td class="wrap">${one.handover ? html`<${Handover} group=${one} />` : html`<span class="faint">–</span>`}</td>
    <td class="right num ${one.lag > 0 ? 'warn' : ''}" title=${one.without ? t('messages.without', {n: one.without, of: one.partitions}) : undefined}>${count(one.lag)}${one.without ? html`<small class="faint"> + ?</small>` : ''}</td>
    <td class="right num ${one.members ? '' : 'warn'}">${one.members}</td><td>${one.state}</td></tr>`)}</tbody></table></div>
  ${data.next && html`<p class="faint">${t('messages.more', {n: count(data.groups.length), of: count(data.total)})}</p>`}
  <div class="empty"><p>${t('messages.partitions')}</p><${Copy} text=${`laneway messages status --bootstrap ${server(data.groups[0].broker)} --topic ${data.groups[0].topic} --group ${data.groups[0].base}`} /></div>`;

/** A broker's address, out of its name. @param {string} name */
const server = (name) => name.replace(/^kafka /, '');

/** How many partitions are where, in words; the words of a newer server as they are. @param {{group: Group}} props */
const Handover = ({group}) => html`${Object.entries(group.handover ?? {}).map(([where, n]) => html`<div class=${where === 'both' ? 'warn' : ''}><span class="num">${n}/${group.partitions}</span> ${text(`messages.at.${where}`) || where}${where === 'lane' && !group.members ? html` <small class="warn">${t('messages.alone')}</small>` : ''}</div>`)}`;
