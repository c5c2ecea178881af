/** What gateways replay of recordings, as it runs: which replays there are, starting one and ending it. */
import {html, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {seg} from '../lib/api.js';
import {to} from '../lib/address.js';
import {count} from '../lib/format.js';
import {base} from '../data/base.js';
import {useRead} from '../data/read.js';
import {propose} from '../ui/change.js';
import {Act, Empty, Field, Head, Lane, Read, When} from '../ui/parts.js';

export function ReplaysPage() {
  const known = useRead('/v1/replays', ['replays']);
  return html`<${Head} title=${t('nav.replays')} sub=${t('replays.sub')} />
    <${Start} done=${known.refresh} />
    <${Read} known=${known}>${(/** @type {any} */ data) => (data.replays.length
      ? html`<${List} all=${data.replays} done=${known.refresh} />`
      : html`<${Empty} text=${t('replays.none')} command="laneway replays start orders --lane f-1 --against master" />`)}<//>`;
}

/** @param {{all: any[], done: () => void}} props */
const List = ({all, done}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('nav.replays')}><table class="list">
  <thead><tr><th>${t('replays.recording')}</th><th>${t('replays.state')}</th><th>${t('replays.progress')}</th><th>${t('replays.lane')}</th><th>${t('replays.against')}</th><th>${t('replays.gateway')}</th><th>${t('replays.began')}</th><th>${t('replays.by')}</th><th><span class="sr">${t('replays.abort')}</span></th></tr></thead>
  <tbody>${all.map((one) => html`<tr key=${one.id}><th scope="row"><a href=${to(['replays', one.id])}>${one.recording}</a></th><td><${State} one=${one} /></td><td><${Progress} one=${one} /></td>
    <td><${Lane} name=${one.lane} /></td><td>${one.against ? html`<${Lane} name=${one.against} />` : '–'}</td><td><code>${one.gateway}</code></td><td><${When} past at=${one.created} /></td><td>${one.by}</td>
    <td>${!one.ended && html`<${Abort} one=${one} done=${done} />`}</td></tr>`)}</tbody></table></div>`;

/** @param {{one: any}} props */
export const State = ({one}) => html`<span class=${one.state === 'failed' ? 'bad' : ''} title=${one.problem}>${one.ended ? t(/** @type {import('../lib/i18n.js').Key} */ (`replays.state.${one.state}`)) : html`<strong>${t(/** @type {import('../lib/i18n.js').Key} */ (`replays.state.${one.state}`))}</strong>`}</span>`;

/** How much of it is dealt with. @param {{one: any}} props */
export function Progress({one}) {
  const {planned = 0, responded = 0, failed = 0, skipped = 0} = one.progress ?? {};
  const part = responded + failed + skipped;
  return planned
    ? html`<progress max=${planned} value=${part} aria-label=${t('replays.progress')}></progress> <span class="num">${t('replays.of', {n: count(part), of: count(planned)})}</span>`
    : html`<span class="faint">–</span>`;
}

/** @param {{one: any, done: () => void}} props */
export const Abort = ({one, done}) => html`<${Act} label=${t('replays.abort')} lane=${one.lane} kind="danger" onClick=${() => propose({title: t('replays.abort.title', {name: one.recording}), method: 'DELETE', path: `/v1/replays/${seg(one.id)}`, seen: one, danger: true, done})} />`;

/** @param {{done: () => void}} props */
function Start({done}) {
  const [recording, name] = useState('');
  const [lane, into] = useState('');
  const [against, beside] = useState(base.value);
  const [gateway, by] = useState('');
  const [rate, pace] = useState('1x');
  const body = Object.fromEntries(Object.entries({recording, lane, against, gateway, rate}).map(([key, value]) => [key, value.trim()]).filter(([, value]) => value));
  const lacking = !body.recording ? t('replays.recording.none') : !body.lane && t('replays.lane.none');
  return html`<details class="make"><summary>${t('replays.new')}</summary><form class="tools" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <${Field} label=${t('replays.recording')} value=${recording} placeholder="orders" onInput=${name} />
    <${Field} label=${t('replays.lane')} value=${lane} placeholder="f-1" onInput=${into} />
    <${Field} label=${t('replays.against')} value=${against} hint=${t('replays.against.hint')} onInput=${beside} />
    <${Field} label=${t('replays.gateway')} value=${gateway} hint=${t('replays.gateway.hint')} onInput=${by} />
    <${Field} label=${t('replays.rate')} value=${rate} hint=${t('replays.rate.hint')} onInput=${pace} />
    <${Act} label=${t('replays.start')} lane=${lane} kind="primary" disabled=${lacking} onClick=${() => propose({title: t('replays.start.title', {name: recording, lane}), method: 'POST', path: '/v1/replays', body, seen: {}, note: t('replays.note'), done})} /></form></details>`;
}
