/** What a plan's guard says of each service: figures of both sides, and their curves with the bound. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {count, millis, percent} from '../lib/format.js';
import {withPast} from '../data/curves.js';
import {Chart} from './chart.js';
import {Empty} from './parts.js';
import {theme} from './theme.js';

/**
 * @param {{plan: any, curves: import('../data/curves.js').Curves, past: any}} props
 */
export function Verdicts({plan, curves, past}) {
  const services = plan.verdict?.services ?? [];
  if (!services.length) {
    return html`<${Empty} text=${plan.guard ? t('plan.noverdict') : t('plan.noguard')} />`;
  }
  return html`${services.map((/** @type {any} */ one) => html`<article class="verdict" key=${one.service}>
      <h3><code>${one.service}</code> <b class="word ${one.verdict}">${word(one.verdict)}</b> ${one.why && html`<span>${one.why}</span>`}</h3>
      <dl class="numbers small">${side(t('plan.side.lane', {lane: plan.lane}), one.environment)}${side(t('plan.side.base'), one.base)}</dl>
      <div class="charts">${charts(plan, withPast(past, one.service, curves.points.get(one.service) ?? []))}</div></article>`)}
    ${(plan.verdict?.prometheus ?? []).map((/** @type {any} */ one) => html`<p class="verdict"><code>${one.query}</code> <b class="word ${one.verdict}">${word(one.verdict)}</b> ${String(one.value ?? '–')} / ${one.max} ${one.why ?? ''}</p>`)}`;
}

/** @param {string} verdict */
const word = (verdict) => (verdict === 'fine' ? t('verdict.fine') : verdict === 'worse' ? t('verdict.worse') : verdict === 'hold' ? t('verdict.hold') : verdict);

/**
 * @param {string} name
 * @param {any} figures
 */
const side = (name, figures) => html`<div><dt>${name}</dt><dd class="num">${t('plan.figures', {
  n: count(figures?.requests ?? 0), errors: figures?.errorRate === undefined ? '–' : percent(figures.errorRate), p99: typeof figures?.p99 === 'number' ? millis(figures.p99) : '–', fallbacks: count(figures?.fallbacks ?? 0),
})}</dd></div>`;

/**
 * @param {any} plan
 * @param {import('../data/curves.js').Point[]} points
 */
function charts(plan, points) {
  const times = points.map((one) => one.time);
  const worse = parseFloat(plan.guard?.errorRate ?? '') / 100;
  const factor = plan.guard?.p99;
  const lane = {label: plan.lane, colour: '--accent'};
  const base = {label: t('plan.side.base'), colour: '--faint'};
  const bound = {label: t('plan.bound'), colour: '--bad', dashed: true};
  const times99 = (/** @type {number | null} */ value) => (value === null ? null : value * factor);
  return html`<${Chart} label=${t('plan.errors')} times=${times} unit=${percent} theme=${theme.value} lines=${[
    {...lane, values: points.map((one) => one.errors)}, {...base, values: points.map((one) => one.baseErrors)},
    ...(worse > 0 ? [{...bound, values: points.map((one) => (one.baseErrors === null ? null : one.baseErrors + worse))}] : [])]} />
    <${Chart} label="p99" times=${times} unit=${millis} theme=${theme.value} lines=${[
      {...lane, values: points.map((one) => one.p99)}, {...base, values: points.map((one) => one.baseP99)},
      ...(factor ? [{...bound, values: points.map((one) => times99(one.baseP99))}] : [])]} />`;
}
