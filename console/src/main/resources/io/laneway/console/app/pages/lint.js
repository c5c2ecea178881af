/** What is allowed and probably not meant, and what to do. */
import {html} from '../lib/html.js';
import {known as text, t} from '../lib/i18n.js';
import {to} from '../lib/address.js';
import {useRead} from '../data/read.js';
import {Empty, Head, Read} from '../ui/parts.js';

export function LintPage() {
  const known = useRead('/v1/lint', ['revision', 'lint']);
  return html`<${Head} title=${t('nav.lint')} sub=${known.data && t('lint.count', {n: known.data.findings.length})} />
    <${Read} known=${known}>${(/** @type {any} */ data) => (data.findings.length ? html`<${Rules} findings=${data.findings} />` : html`<${Empty} text=${t('lint.none')} command="laneway lint" />`)}<//>`;
}

/** @param {{findings: import('../data/types.js').Finding[]}} props */
function Rules({findings}) {
  const rules = [...new Set(findings.map((one) => one.rule))];
  return html`${rules.map((rule) => {
    const mine = findings.filter((one) => one.rule === rule);
    return html`<section class="rule" key=${rule}><h2><code>${rule}</code> <span class="faint num">${mine.length}</span></h2>
      ${text(`lint.${rule}`) && html`<p class="todo"><b>${t('lint.do')}</b> ${text(`lint.${rule}`)}</p>`}
      <ul class="findings">${mine.map((one) => html`<li>${subject(one.subject)} ${one.message}</li>`)}</ul></section>`;
  })}`;
}

/** A subject with its way to where it is mended. @param {string} subject */
function subject(subject) {
  const [kind, ...rest] = subject.split(' ');
  const name = rest.join(' ');
  const href = kind === 'lane' ? to(['lanes', name]) : kind === 'shift' ? to(['shifts', name]) : kind === 'service' ? to([], {service: name}) : kind === 'recording' ? to(['recordings']) : '';
  return href && name ? html`<a href=${href}><code>${subject}</code></a>` : html`<code>${subject}</code>`;
}
