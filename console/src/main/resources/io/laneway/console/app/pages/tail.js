/** Requests as they finish. */
import {html, signal, useEffect, useMemo, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {address, say, to} from '../lib/address.js';
import {count, exact, millis} from '../lib/format.js';
import {stream} from '../lib/sse.js';
import {may} from '../data/session.js';
import {Act, Empty, Failed, Head, Lane, Later} from '../ui/parts.js';
import {Reason} from '../ui/reason.js';

const KEYS = ['lane', 'service', 'tenant', 'decision', 'status', 'share'];
const KEPT = 500;
const SHOWN = 200;
/** How often rows are put on the page, in ms: faster than that is not read. */
const EACH = 250;

/** @typedef {{records: any[], seen: number, dropped: number, asked: string[], missing: any[], state: string, error: any}} Tail */

/** @returns {Tail} */
const nothing = () => ({records: [], seen: 0, dropped: 0, asked: [], missing: [], state: 'opening', error: null});

export function TailPage() {
  const query = address.value.query;
  const wanted = KEYS.map((key) => query[key] ?? '').join('\n');
  const tail = useMemo(() => signal(nothing()), [wanted]);
  const [held, hold] = useState(false);
  const [turn, again] = useState(0);
  const shown = useMemo(() => tail.value, [held, held ? 0 : tail.value]);
  useEffect(() => follow(tail, new URLSearchParams(KEYS.flatMap((key) => (query[key] ? [[key, query[key]]] : [])))), [tail, turn]);
  const {records, missing, error, state} = held ? {...shown, ...tail.value, records: shown.records} : tail.value;
  return html`<${Head} title=${t('nav.tail')} sub=${html`<span class="num">${t('tail.seen', {n: count(tail.value.seen)})}</span>${tail.value.dropped > 0 && html`<span class="num warn">${t('tail.dropped', {n: count(tail.value.dropped)})}</span>`}`}
      acts=${html`<${Act} label=${held ? t('tail.go') : t('tail.hold')} role="viewer" onClick=${() => hold(!held)} />`} />
    <${Filters} query=${query} />
    ${error && html`<${Failed} error=${error} retry=${() => again(turn + 1)} />`}
    ${missing.length > 0 && html`<ul class="findings">${missing.map((one) => html`<li><code>${one.gateway}</code> ${one.why}</li>`)}</ul>`}
    ${records.length ? html`<${Records} records=${records} />` : !error && html`<${Empty} text=${state === 'live' ? t('tail.empty') : t('tail.opening')} command=${state === 'live' ? 'laneway tail' : undefined} />`}`;
}

/** @param {{query: Record<string, string>}} props */
function Filters({query}) {
  const hints = /** @type {Record<string, string>} */ ({lane: 'f-1', service: 'order', tenant: 'acme', decision: 'fallback_unready', status: '5xx', share: '10%'});
  const words = /** @type {Record<string, string>} */ ({lane: t('lane'), service: t('service'), tenant: t('tenant'), decision: t('decision'), status: t('status'), share: t('share')});
  const shown = KEYS.filter((key) => key !== 'tenant' || may('releaser'));
  return html`<div class="tools" role="search">${shown.map((key) => html`<${Later} key=${key} label=${words[key]} placeholder=${hints[key]} value=${query[key] ?? ''} onInput=${(/** @type {string} */ value) => say({[key]: value})} />`)}
    ${!may('releaser') && html`<p class="faint">${t('tail.tenant')}</p>`}</div>`;
}

/** @param {any} record */
const flags = ({response_flags: found}) => (found && found !== '-' ? found : '');

/** @param {{records: any[]}} props */
const Records = ({records}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('nav.tail')}><table class="list tail"><thead><tr>
    <th>${t('request.when')}</th><th>${t('status')}</th><th class="right">${t('tail.time')}</th><th>${t('service')}</th><th>${t('tail.lanes')}</th><th>${t('decision')}</th><th>${t('tenant')}</th><th>${t('request.path')}</th><th>${t('request.id')}</th></tr></thead>
  <tbody>${records.slice(0, SHOWN).map((one) => html`<tr key=${one.n} class=${one.response_code >= 500 || one.response_code === 0 ? 'failing' : ''}>
    <td class="num" title=${exact(one.start_time)}>${exact(one.start_time).slice(11, 19)}</td><td class="num">${one.response_code} ${flags(one)}</td><td class="num right">${millis(one.duration)}</td>
    <td>${one.service}</td><td>${one.lane_requested && one.lane_requested !== one.lane ? html`<${Lane} name=${one.lane_requested} /> → ` : ''}${one.lane && html`<${Lane} name=${one.lane} />`}</td>
    <td><${Reason} reason=${one.decision} /></td><td>${one.tenant}</td><td class="path"><code>${one.method} ${one.path}</code></td>
    <td>${one.x_request_id && html`<a href=${to(['requests', one.x_request_id])}><code>${one.x_request_id.slice(0, 8)}</code></a>`}</td></tr>`)}</tbody></table></div>`;

/**
 * Follows a tail until its page is left.
 *
 * @param {import('../../vendor/signals.js').Signal<Tail>} tail
 * @param {URLSearchParams} query
 * @returns {() => void}
 */
function follow(tail, query) {
  const ended = new AbortController();
  /** @type {any[]} */
  let fresh = [];
  let n = 0;
  const each = setInterval(() => {
    if (fresh.length) {
      tail.value = {...tail.value, seen: n, records: [...fresh.reverse(), ...tail.value.records].slice(0, KEPT)};
      fresh = [];
    }
  }, EACH);
  tail.value = nothing();
  stream(`/v1/tail?${query}`, {
    signal: ended.signal,
    opened: () => (tail.value = {...tail.value, state: 'live'}),
    take: ({event, data}) => {
      const body = JSON.parse(data);
      if (event === 'record') {
        fresh.push({...body, n: ++n});
      } else if (event === 'open') {
        tail.value = {...tail.value, asked: body.asked ?? [], missing: body.missing ?? []};
      } else if (event === 'dropped') {
        tail.value = {...tail.value, dropped: body.total};
      }
    },
  }).catch((error) => ended.signal.aborted || (tail.value = {...tail.value, error}));
  return () => {
    ended.abort();
    clearInterval(each);
  };
}
