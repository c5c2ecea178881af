/** What gateways keep of requests on purpose: which recordings there are, starting one and stopping it. */
import {html, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {call, seg} from '../lib/api.js';
import {to} from '../lib/address.js';
import {useRead} from '../data/read.js';
import {count} from '../lib/format.js';
import {propose} from '../ui/change.js';
import {Act, Empty, Field, Head, Lane, Read, When, now} from '../ui/parts.js';

export function RecordingsPage() {
  const known = useRead('/v1/recordings', ['revision', 'traffic']);
  return html`<${Head} title=${t('nav.recordings')} sub=${t('recordings.sub')} />
    <${Start} done=${known.refresh} />
    <${Read} known=${known}>${(/** @type {any} */ data) => (data.recordings.length
      ? html`<${List} all=${data.recordings} done=${known.refresh} />`
      : html`<${Empty} text=${t('recordings.none')} command="laneway record start orders --service orders" />`)}<//>`;
}

/** @param {{all: any[], done: () => void}} props */
const List = ({all, done}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('nav.recordings')}><table class="list">
  <thead><tr><th>${t('recordings.name')}</th><th>${t('recordings.state')}</th><th>${t('recordings.what')}</th><th class="right">${t('recordings.share')}</th><th>${t('recordings.from')}</th><th>${t('recordings.until')}</th><th class="right">${t('recordings.kept')}</th><th class="right">${t('recordings.dropped')}</th><th><span class="sr">${t('recordings.stop')}</span></th></tr></thead>
  <tbody>${all.map((one) => html`<${Row} key=${one.name} one=${one} done=${done} />`)}</tbody></table></div>`;

/** A recording; below it, once it is opened, what each gateway kept and dropped. @param {{one: any, done: () => void}} props */
function Row({one, done}) {
  const [open, turn] = useState(false);
  return html`<tr><th scope="row"><button type="button" class="link" aria-expanded=${open ? 'true' : 'false'} title=${t('recordings.gateways')} onClick=${() => turn(!open)}>${one.name}</button></th><td>${state(one)}</td><td>${what(one)}</td><td class="right num">${one.share ?? '100%'}</td>
    <td><${When} at=${one.from} /></td><td><${When} at=${one.until} /></td><${Counts} of=${one.counts ?? nothing} />
    <td><${Act} label=${t('recordings.stop')} lane=${one.lane} kind="danger" onClick=${() => void stop(one, done)} /></td></tr>
    ${open && html`<tr><td colspan="9"><${Gateways} name=${one.name} /></td></tr>`}`;
}

const nothing = {kept: 0, dropped: {}};

/** @param {Record<string, number>} dropped */
const sum = (dropped) => Object.values(dropped).reduce((all, one) => all + one, 0);

/** @param {Record<string, number>} dropped */
const reasons = (dropped) => Object.entries(dropped).map(([reason, n]) => `${count(n)} ${reason}`).join(', ');

/** @param {{of: {kept: number, dropped: Record<string, number>}}} props */
const Counts = ({of}) => html`<td class="right num">${count(of.kept)}</td><td class="right num ${sum(of.dropped) ? 'warn' : ''}" title=${reasons(of.dropped)}>${count(sum(of.dropped))}</td>`;

/** @param {{name: string}} props */
function Gateways({name}) {
  const known = useRead(`/v1/recordings/${seg(name)}`, ['traffic']);
  return html`<${Read} known=${known}>${(/** @type {any} */ data) => (data.gateways.length
    ? html`<table class="list dense"><thead><tr><th>${t('gateways.id')}</th><th class="right">${t('recordings.matched')}</th><th class="right">${t('recordings.kept')}</th><th class="right">${t('recordings.dropped')}</th><th>${t('recordings.reasons')}</th></tr></thead>
      <tbody>${data.gateways.map((/** @type {any} */ one) => html`<tr key=${one.gateway}><th scope="row"><code>${one.gateway}</code>${one.open ? '' : html` <span>${t('recordings.ended')}</span>`}</th><td class="right num">${count(one.matched)}</td><${Counts} of=${one} /><td>${reasons(one.dropped) || '–'}</td></tr>`)}</tbody></table>`
    : html`<p>${t('recordings.gateways.none')}</p>`)}<//>`;
}

/** It ends while the page is looked at. @param {any} one */
function state(one) {
  if (new Date(one.until).getTime() <= now.value) {
    return t('recordings.ended');
  }
  return new Date(one.from ?? 0).getTime() > Math.max(now.value, Date.now()) ? t('recordings.waiting') : html`<strong>${t('recordings.running')}</strong>`;
}

/** @param {any} one */
const what = (one) => [
  one.service && html`<a href=${to([], {service: one.service})}><code>${one.service}</code></a> `,
  one.lane && html`<${Lane} name=${one.lane} /> `,
  one.path && html`<code>${one.path}…</code> `,
  one.tenant && html`<code>${one.tenant}</code>`,
  !one.service && !one.lane && !one.path && !one.tenant && t('recordings.all'),
];

/**
 * @param {any} one
 * @param {() => void} done
 */
async function stop(one, done) {
  const path = `/v1/recordings/${seg(one.name)}`;
  const seen = await call(path);
  propose({title: t('recordings.stop.title', {name: one.name}), method: 'DELETE', path, object: path, seen: seen.body, etag: seen.etag, danger: true, done});
}

/** @param {{done: () => void}} props */
function Start({done}) {
  const [name, label] = useState('');
  const [service, serve] = useState('');
  const [lane, of] = useState('');
  const [path, at] = useState('');
  const [share, part] = useState('5%');
  const [until, end] = useState('15m');
  const [frames, keep] = useState(false);
  const given = Object.entries({service, lane, path, share}).filter(([, value]) => value.trim());
  const body = {...Object.fromEntries(given), until, ...(frames ? {frames} : {})};
  return html`<details class="make"><summary>${t('recordings.new')}</summary><form class="tools" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <${Field} label=${t('recordings.name')} value=${name} placeholder="orders" onInput=${label} />
    <${Field} label=${t('recordings.service')} value=${service} placeholder="orders" hint=${t('recordings.any')} onInput=${serve} />
    <${Field} label=${t('recordings.lane')} value=${lane} placeholder="f-1" hint=${t('recordings.any')} onInput=${of} />
    <${Field} label=${t('recordings.path')} value=${path} placeholder="/pay" hint=${t('recordings.any')} onInput=${at} />
    <${Field} label=${t('recordings.share')} value=${share} onInput=${part} />
    <${Field} label=${t('recordings.lasts')} value=${until} hint=${t('recordings.lasts.hint')} onInput=${end} />
    <label class="check"><input type="checkbox" checked=${frames} onChange=${(/** @type {any} */ event) => keep(event.target.checked)} /> ${t('recordings.frames')}</label>
    <${Act} label=${t('recordings.start')} lane=${lane} kind="primary" disabled=${!name.trim() && t('recordings.name.none')} onClick=${() => propose({title: t('recordings.start.title', {name}), method: 'PUT', path: `/v1/recordings/${seg(name.trim())}`, body, note: t('recordings.note'), done})} /></form></details>`;
}
