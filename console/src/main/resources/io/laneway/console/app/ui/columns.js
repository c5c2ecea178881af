/** What differs, in two columns of YAML. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {folded, sideBySide} from '../lib/diff.js';
import {yaml} from '../lib/yaml.js';

const AROUND = 3;

/**
 * @param {{before: unknown, after: unknown, left?: string, right?: string}} props
 */
export function Columns({before, after, left, right}) {
  const rows = folded(sideBySide(yaml(before), yaml(after)), AROUND);
  return html`<div class="columns" role="region" tabindex="0" aria-label=${t('diff')}><table>
    <thead><tr><th scope="col">${left ?? t('diff.before')}</th><th scope="col">${right ?? t('diff.after')}</th></tr></thead>
    <tbody>${rows.map((row) => row.kind === 'skipped'
      ? html`<tr class="skipped"><td colspan="2">${t('diff.same', {n: row.lines})}</td></tr>`
      : html`<tr class=${row.kind}><td>${side(row.left, row.kind !== 'same', '−')}</td><td>${side(row.right, row.kind !== 'same', '+')}</td></tr>`)}
    </tbody></table></div>`;
}

/**
 * @param {string | undefined} text
 * @param {boolean} changed
 * @param {string} sign
 */
const side = (text, changed, sign) => (text === undefined ? '' : html`<code>${changed && html`<b aria-hidden="true">${sign} </b>`}${text}</code>`);

/**
 * Several objects that differ, one below the other.
 *
 * @param {{diff: import('../data/types.js').Difference[], summary?: string[]}} props
 */
export function Differences({diff, summary}) {
  if (!diff.length) {
    return html`<p class="faint">${t('diff.none')}</p>`;
  }
  return html`${summary?.length ? html`<ul class="summary">${summary.map((line) => html`<li>${line}</li>`)}</ul>` : ''}
    ${diff.map((one) => html`<section class="difference"><h2><span class="op ${one.op}">${op(one.op)}</span> ${one.kind} <code>${one.name}</code></h2>
      <${Columns} before=${one.before} after=${one.after} /></section>`)}`;
}

/** @param {string} word */
const op = (word) => ({added: t('op.added'), removed: t('op.removed'), changed: t('op.changed')})[word] ?? word;
