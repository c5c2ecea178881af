/** Who would move, before anything is applied; and where one tenant goes. */
import {html, useEffect, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {call} from '../lib/api.js';
import {count} from '../lib/format.js';
import {on} from '../data/live.js';
import {Failed, Field, Lane} from './parts.js';

const REST = 200;
const SHOWN = 50;

/**
 * @param {{path: string, environments: any[] | null, changed: boolean}} props environments null for what cannot be
 */
export function Preview({path, environments, changed}) {
  const [tenants, ask] = useState('');
  const [result, put] = useState(/** @type {any} */ (null));
  const [error, fail] = useState(/** @type {any} */ (null));
  const body = environments && JSON.stringify({environments, tenants: tenants.split(/[\s,]+/).filter((one) => one)});
  useEffect(() => {
    if (!body) {
      return undefined;
    }
    const ended = new AbortController();
    const look = () => call(`${path}/preview`, {method: 'POST', body: JSON.parse(body), signal: ended.signal}).then(
      (reply) => { put(reply.body); fail(null); },
      (problem) => ended.signal.aborted || fail(problem));
    const later = setTimeout(look, REST);
    const end = on('revision', look);
    return () => {
      clearTimeout(later);
      ended.abort();
      end();
    };
  }, [path, body]);
  const asked = new Set(tenants.split(/[\s,]+/).filter((one) => one));
  const mine = (result?.tenants ?? []).filter((/** @type {any} */ one) => asked.has(one.tenant));
  const moving = (result?.tenants ?? []).filter((/** @type {any} */ one) => one.moves && !asked.has(one.tenant));
  return html`<section class="preview"><h2>${changed ? t('preview.title') : t('preview.now')}</h2>
    ${error && html`<${Failed} error=${error} />`}
    <div aria-live="polite">${changed && result && html`<${Moves} result=${result} />`}</div>
    <${Field} label=${t('preview.tenant')} placeholder="acme, demo-1" value=${tenants} onInput=${ask} />
    ${mine.length > 0 && html`<ul class="moves">${mine.map((/** @type {any} */ one) => html`<li key=${one.tenant}><code>${one.tenant}</code> <${Lane} name=${one.from} base=${one.from === base(result)} />
      ${one.moves ? html`<b aria-label=${t('preview.moves')}>→</b> <${Lane} name=${one.to} base=${one.to === base(result)} />` : html`<span class="faint">${t('preview.stays')}</span>`}</li>`)}</ul>`}
    ${changed && moving.length > 0 && html`<details open=${moving.length <= 12}><summary>${t('preview.seen', {n: moving.length})}</summary><ul class="moves dense">${moving.slice(0, SHOWN).map((/** @type {any} */ one) => html`<li key=${one.tenant}><code>${one.tenant}</code> ${one.from} → ${one.to}</li>`)}
      ${moving.length > SHOWN && html`<li class="faint">${t('more', {n: moving.length - SHOWN})}</li>`}</ul></details>`}
  </section>`;
}

/** @param {any} result */
const base = (result) => {
  const lanes = new Set((result?.shift?.environments ?? []).map((/** @type {any} */ one) => one.lane));
  return (result?.tenants ?? []).flatMap((/** @type {any} */ one) => [one.from, one.to]).find((/** @type {string} */ lane) => !lanes.has(lane));
};

/** @param {{result: any}} props */
function Moves({result}) {
  const all = [...(result.moves ?? []).map((/** @type {any} */ one) => ({...one, what: t('preview.tenants')})), ...(result.requests ?? []).map((/** @type {any} */ one) => ({...one, what: t('preview.requests')}))];
  if (!all.length) {
    return html`<p>${t('preview.none')}</p>`;
  }
  return html`<ul class="moves">${all.map((one) => html`<li><b class="num">${one.share}</b> ${one.what} <span>${one.from}</span> <b aria-label=${t('preview.moves')}>→</b> <span>${one.to}</span> <small class="faint num">${t('preview.slots', {n: count(one.slots)})}</small></li>`)}</ul>`;
}
