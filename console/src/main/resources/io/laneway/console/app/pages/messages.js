/** Message lanes: who handles which records, how far behind, and where the table is published. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {useRead} from '../data/read.js';
import {Groups} from '../ui/groups.js';
import {Empty, Head, Read} from '../ui/parts.js';

export function MessagesPage() {
  const ready = useRead('/readyz', ['revision']);
  const lint = useRead('/v1/lint', ['revision', 'lint']);
  return html`<${Head} title=${t('nav.messages')} sub=${t('messages.sub')} />
    <section><h2>${t('messages.groups')}</h2><${Groups} /></section>
    <section><h2>${t('messages.table')}</h2><${Read} known=${ready} lines=${2}>${(/** @type {any} */ data) => (data.publishers?.length
      ? html`<table class="list"><thead><tr><th>${t('messages.publisher')}</th><th>${t('messages.state')}</th><th class="right">${t('messages.revision')}</th><th class="right">${t('messages.lag')}</th></tr></thead>
        <tbody>${data.publishers.map((/** @type {any} */ one) => html`<tr><th scope="row">${one.name}</th><td class=${one.problem ? 'warn' : ''}>${one.problem ?? (one.active ? t('messages.active') : t('messages.other'))}</td>
          <td class="right num">${one.revision ?? '–'}</td><td class="right num ${one.lag ? 'warn' : ''}">${one.lag ?? '–'}</td></tr>`)}</tbody></table>`
      : html`<${Empty} text=${t('messages.none')} command="laneway control --kafka broker:9092" />`)}<//></section>
    <section><h2>${t('messages.findings')}</h2><${Read} known=${lint} lines=${2}>${(/** @type {any} */ data) => {
      const mine = data.findings.filter((/** @type {any} */ one) => /kafka|topic|group|message/.test(`${one.rule} ${one.subject}`));
      return mine.length ? html`<ul class="findings">${mine.map((/** @type {any} */ one) => html`<li><strong>${one.rule}</strong> <code>${one.subject}</code> ${one.message}</li>`)}</ul>` : html`<p class="faint">${t('messages.findings.none')}</p>`;
    }}<//></section>`;
}
