/** The story of one request, hop by hop, with the rows of the table that decided. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {seg} from '../lib/api.js';
import {to} from '../lib/address.js';
import {exact, millis} from '../lib/format.js';
import {useRead} from '../data/read.js';
import {Lane} from './parts.js';
import {Reason, Why} from './reason.js';

/** @param {{story: any}} props */
export const Hops = ({story}) => html`${story.failed && html`<p class="told" role="status"><b class="bad">${t('request.first')}</b> ${story.failed.why}</p>`}
  <ol class="hops">${story.hops.map((/** @type {any} */ hop, /** @type {number} */ n) => html`<${Hop} key=${n} hop=${hop} first=${story.failed?.hop === n} />`)}</ol>
  ${story.more > 0 && html`<p class="faint">${t('more', {n: story.more})}</p>`}`;

/** @param {{hop: any, first: boolean}} props */
function Hop({hop, first}) {
  const failed = hop.response_code >= 500 || hop.response_code === 0;
  return html`<li><header><b>${hop.service ?? t('request.noservice')}</b> ${hop.lane_requested && html`<${Lane} name=${hop.lane_requested} />`}
      ${hop.lane && html`<span aria-hidden="true">→</span> <${Lane} name=${hop.lane} />`} <${Reason} reason=${hop.decision} />
      <b class="num ${failed ? 'bad' : ''}">${hop.response_code}</b> ${hop.response_flags && hop.response_flags !== '-' && html`<code class="bad">${hop.response_flags}</code>`} <span class="num">${millis(hop.duration)}</span> ${first && html`<b class="bad">${t('request.first.here')}</b>`}</header>
    <${Why} reason=${hop.decision} />
    <dl class="facts">
      ${fact(t('request.when'), exact(hop.start_time))}${fact(t('request.gateway'), hop.gateway)}${fact(t('request.endpoint'), hop.upstream_host)}
      ${fact(t('request.path'), [hop.method, hop.path].filter((one) => one).join(' '))}${fact(t('tenant'), hop.tenant)}
      ${fact(t('request.origin'), [hop.origin, hop.carrier].filter((one) => one).join(' · '))}
      ${fact(t('request.upstream'), typeof hop.upstream_service_time === 'number' ? millis(hop.upstream_service_time) : '')}
      <div><dt>${t('request.table')}</dt><dd><a class="num" href=${to(['history', String(hop.table_revision)])}>${hop.table_revision}</a></dd></div>
    </dl>
    ${(hop.attempts ?? []).length > 1 && html`<ol class="attempts">${hop.attempts.map((/** @type {any} */ one) => html`<li><code>${one.upstream_host}</code> ${one.response_code || ''} ${one.response_flags ?? ''} ${typeof one.ended_after === 'number' ? millis(one.ended_after) : ''}</li>`)}</ol>`}
    ${hop.now && html`<p class="warn">${t('request.now', {lane: hop.now.served ?? '–', reason: hop.now.reason ?? hop.now.decision ?? ''})}</p>`}
    ${hop.service && html`<${Rows} hop=${hop} />`}</li>`;
}

/**
 * @param {string} name
 * @param {any} value
 */
const fact = (name, value) => value && html`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>`;

/** The rows that decide: the lane, and who has the service. @param {{hop: any}} props */
function Rows({hop}) {
  const asked = hop.lane_requested ?? hop.lane;
  const service = useRead(`/v1/services/${seg(hop.service)}`, []);
  const lane = useRead(asked ? `/v1/overview?${new URLSearchParams({lane: asked, limit: '1'})}` : '', []);
  const row = lane.data?.lanes?.[0];
  const chain = [asked, ...(row?.fallsBackTo ?? [])].filter((one) => one);
  if (!service.data || !chain.length) {
    return null;
  }
  return html`<details><summary>${t('request.rows')}</summary><table class="list"><thead><tr><th>${t('lane')}</th><th>${t('request.has', {service: hop.service})}</th></tr></thead>
    <tbody>${chain.map((name) => html`<tr class=${name === hop.lane ? 'chosen' : ''}><th scope="row">${name}</th><td>${has(service.data, name)}</td></tr>`)}</tbody></table></details>`;
}

/**
 * @param {any} service
 * @param {string} lane
 */
function has(service, lane) {
  const one = service.deployments?.find((/** @type {any} */ deployment) => deployment.lane === lane);
  const endpoints = one?.endpoints ?? one?.ports?.flatMap((/** @type {any} */ port) => port.endpoints ?? []) ?? [];
  return one ? html`${endpoints.map((/** @type {any} */ endpoint) => html`<code class=${endpoint.ready === false ? 'unready' : ''}>${endpoint.address ?? endpoint}</code> `)}` : html`<span class="faint">${t('request.hasnot')}</span>`;
}
