/** One replay: how far it is, and what the lane does otherwise than base, with the requests that show it. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {seg} from '../lib/api.js';
import {address, to} from '../lib/address.js';
import {count} from '../lib/format.js';
import {useRead} from '../data/read.js';
import {Copy, Empty, Head, Lane, Read, When} from '../ui/parts.js';
import {Abort, Progress, State} from './replays.js';

export function ReplayPage() {
  const id = address.value.names.replay ?? '';
  const known = useRead(`/v1/replays/${seg(id)}`, ['replays']);
  const one = known.data;
  return html`<${Head} title=${one ? html`<a href=${to(['replays'])}>${t('nav.replays')}</a> ${one.recording}` : t('nav.replays')} sub=${html`<code>${id}</code>`} acts=${one && !one.ended && html`<${Abort} one=${one} done=${known.refresh} />`} />
    <${Read} known=${known}>${(/** @type {any} */ data) => html`<${Facts} one=${data} />${data.report ? html`<${Report} report=${data.report} />` : data.ended && html`<${Empty} text=${data.against ? t('replay.uncompared') : t('replay.alone')} />`}`}<//>`;
}

/** @param {{one: any}} props */
function Facts({one}) {
  const progress = one.progress ?? {};
  /** @type {[string, any][]} */
  const facts = [
    [t('replays.state'), html`<${State} one=${one} />`],
    [t('replays.progress'), html`<${Progress} one=${one} />`],
    [t('replays.recording'), html`<a href=${to(['recordings'])}>${one.recording}</a>`],
    [t('replays.lane'), html`<${Lane} name=${one.lane} />`],
    [t('replays.against'), one.against ? html`<${Lane} name=${one.against} />` : '–'],
    [t('replays.gateway'), html`<code>${one.gateway}</code>`],
    [t('replays.rate'), one.rate],
    [t('replays.began'), html`<${When} past at=${one.created} /> · ${one.by}${one.why ? ` · ${one.why}` : ''}`],
    [t('replay.failed'), html`<span class="num ${progress.failed ? 'bad' : ''}">${count(progress.failed ?? 0)}</span>`],
    [t('replay.skipped'), html`<span class="num">${count(progress.skipped ?? 0)}</span>`],
    [t('replay.left'), html`<span class="num ${progress.left ? 'warn' : ''}">${count(progress.left ?? 0)}</span>`],
    [t('replay.late'), html`<span class="num">${count(progress.lateMillis ?? 0)} ms</span>`],
  ];
  return html`${one.problem && html`<p role="alert" class="failed"><strong>${one.problem}</strong></p>`}
    <div class="scroll" tabindex="0" role="region" aria-label=${t('replay.facts')}><table class="list"><tbody>${facts.map(([name, value]) => html`<tr key=${name}><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></div>
    ${progress.served && html`<p>${progress.served}</p>`}
    ${progress.note && html`<p class="warn">${progress.note}</p>`}
    ${one.rules && html`<details class="make"><summary>${t('replay.rules')}</summary><pre class="headers" tabindex="0">${JSON.stringify(one.rules, null, 2)}</pre></details>`}`;
}

/** @param {{report: any}} props */
function Report({report}) {
  const sure = report.findings.filter((/** @type {any} */ one) => one.level === 'differs');
  const unsure = report.findings.filter((/** @type {any} */ one) => one.level !== 'differs');
  return html`<h2>${report.differs ? t('replay.differs', {n: sure.length}) : t('replay.alike')}</h2>
    <p>${t('replay.compared', {n: count(report.requests), endpoints: report.endpoints.length})}${report.uncompared ? ` ${t('replay.cut', {n: count(report.uncompared)})}` : ''}${report.more ? ` ${t('replay.more', {more: report.more})}` : ''}</p>
    ${sure.map(finding)}
    ${unsure.length > 0 && html`<h2>${t('replay.unsure')}</h2><p>${t('replay.unsure.text')}</p>${unsure.map(finding)}`}`;
}

/** @param {any} one */
const finding = (one) => html`<details class="make" key=${`${one.endpoint} ${one.path} ${one.facet}`} open=${one.level === 'differs'}>
  <summary><code>${one.endpoint}</code> <strong><code>${one.path}</code></strong> (${one.facet}) ${one.what}</summary>
  <p class="num">${t('replay.often', {n: count(one.lane), of: count(one.requests), base: count(one.base)})}</p>
  ${one.examples ? html`<${Examples} all=${one.examples} />` : html`<p class="faint">${t('replay.hidden')}</p>`}</details>`;

/** @param {{all: any[]}} props */
const Examples = ({all}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('replay.examples')}><table class="list dense">
  <thead><tr><th>${t('replay.request')}</th><th>${t('replay.base')}</th><th>${t('replay.again')}</th><th>${t('replay.lane')}</th><th>curl</th></tr></thead>
  <tbody>${all.map((one) => html`<tr key=${one.request}><th scope="row"><a href=${to(['requests', one.request])}><code>${one.request}</code></a></th><td><code>${one.base1}</code></td><td><code>${one.base2}</code></td><td><code>${one.lane}</code></td><td><${Copy} label=${`curl ${one.request}`} text=${one.curl} /></td></tr>`)}</tbody></table></div>`;
