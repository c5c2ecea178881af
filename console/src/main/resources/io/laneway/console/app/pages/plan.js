/** A stepwise shift: where it is, what holds it, and what may be done now. */
import {html, useEffect, useRef, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {address, to} from '../lib/address.js';
import {call, seg} from '../lib/api.js';
import {clock, duration} from '../lib/format.js';
import {Curves} from '../data/curves.js';
import {useRead} from '../data/read.js';
import {propose} from '../ui/change.js';
import {Act, Head, Lane, Read, When} from '../ui/parts.js';
import {PlanForm} from '../ui/plan-form.js';
import {Verdicts} from '../ui/verdicts.js';

/** @typedef {string | {share?: string, group?: string, pause?: string}} Step */
/** @typedef {{lane: string, steps: Step[], status: string, step: number, of: number, since?: string, why?: string, guard?: any, verdict?: any, groups?: any}} Plan */

export function PlanPage() {
  const shift = address.value.names.shift;
  const path = `/v1/shifts/${seg(shift)}/plan`;
  const known = useRead(path, ['revision', 'plan', 'traffic']);
  const none = known.error?.status === 404;
  const title = t('plan.title', {shift});
  const sub = html`<a href=${to(['shifts', shift])}>${t('plan.shift', {shift})}</a>`;
  if (none) {
    return html`<${Head} title=${title} sub=${sub} /><p>${t('plan.none')}</p><${PlanForm} shift=${shift} path=${path} />`;
  }
  return html`<${Head} title=${title} sub=${sub} acts=${known.data && html`<${Acts} shift=${shift} path=${path} known=${known} />`} />
    <${Read} known=${known}>${(/** @type {Plan} */ plan) => html`<${Now} plan=${plan} at=${known.at} />
      ${['aborted', 'finished', 'complete'].includes(plan.status) && html`<details><summary>${t('plan.another')}</summary><${PlanForm} shift=${shift} path=${path} /></details>`}`}<//>`;
}

/** @param {{shift: string, path: string, known: any}} props */
function Acts({shift, path, known}) {
  const plan = /** @type {Plan} */ (known.data);
  const over = ['aborted', 'finished'].includes(plan.status) ? t('plan.over', {status: t(status(plan.status))}) : false;
  const move = (/** @type {string} */ verb, /** @type {import('../lib/i18n.js').Key} */ key, danger = false) => () => void ask(path, verb, t(key, {shift}), danger);
  return html`<${Act} label=${t('plan.promote')} kind="primary" lane=${plan.lane} disabled=${over || (plan.status === 'complete' && t('plan.last'))} onClick=${move('promote', 'plan.promote.title')} />
    <${Act} label=${t('plan.pause')} lane=${plan.lane} disabled=${over || (plan.status !== 'running' && t('plan.still'))} onClick=${move('pause', 'plan.pause.title')} />
    <${Act} label=${t('plan.abort')} kind="danger" lane=${plan.lane} disabled=${over} onClick=${move('abort', 'plan.abort.title', true)} />
    <${Act} label=${t('plan.finish')} lane=${plan.lane} disabled=${over} onClick=${move('finish', 'plan.finish.title')} />`;
}

/**
 * A plan moves by itself too: what is asked about is the plan as it is at the click. Pause and abort hold whatever it does
 * meanwhile, since they are what one needs in a hurry.
 *
 * @param {string} path
 * @param {string} verb
 * @param {string} title
 * @param {boolean} danger
 */
async function ask(path, verb, title, danger) {
  const now = await call(path);
  const etag = verb === 'promote' || verb === 'finish' ? now.etag : undefined;
  propose({object: path, seen: now.body, etag, danger, title, method: 'POST', path: `${path}/${verb}`});
}

/** @param {string} word @returns {import('../lib/i18n.js').Key} */
const status = (word) => /** @type {import('../lib/i18n.js').Key} */ (['running', 'paused', 'complete', 'aborted', 'finished'].includes(word) ? `plan.is.${word}` : 'plan.is.running');

/** @param {Step} step */
const words = (step) => (typeof step === 'string' ? step : [step.group ? t('plan.group', {group: step.group}) : '', step.share ?? ''].filter((one) => one).join(' '));

/** @param {Step} step */
const pause = (step) => (typeof step === 'string' ? undefined : step.pause);

/** @param {{plan: Plan, at: number}} props */
function Now({plan, at}) {
  const curves = useRef(new Curves());
  const past = useRead(`/v1/shifts/${seg(address.value.names.shift)}/plan/curves`, []);
  curves.current.add(plan.verdict, Math.round(at / 1000));
  const held = plan.verdict && plan.verdict.verdict !== 'fine';
  return html`<p class="plan-now"><b class="status ${plan.status}">${t(status(plan.status))}</b>
      <span class="num">${t('plan.step', {n: Math.min(plan.of, plan.step + 1), of: plan.of})}</span> <${Lane} name=${plan.lane} /> <${Countdown} plan=${plan} />
      ${plan.since && html`<span class="faint">${t('plan.since')} <${When} at=${plan.since} /></span>`}</p>
    ${(plan.why || held) && html`<p class="why ${plan.verdict?.verdict === 'worse' || plan.status === 'aborted' ? 'worse' : ''}" role="status"><b>${plan.why ? t('plan.why') : t('plan.holds')}</b> ${plan.why || plan.verdict.why}</p>`}
    <ol class="steps">${plan.steps.map((step, n) => html`<li class=${n < plan.step || plan.status === 'complete' || plan.status === 'finished' ? 'done' : n === plan.step ? 'now' : ''} aria-current=${n === plan.step ? 'step' : undefined}>
      <b class="num">${words(step)}</b><small>${pause(step) ? t('plan.for', {time: /** @type {string} */ (pause(step))}) : n < plan.steps.length - 1 ? t('plan.byhand') : ''}</small></li>`)}</ol>
    <section><h2>${t('plan.services')}</h2><${Verdicts} plan=${plan} curves=${curves.current} past=${past.data} /></section>`;
}

/** What is left of a step. @param {{plan: Plan}} props */
function Countdown({plan}) {
  const [now, tick] = useState(Date.now());
  useEffect(() => {
    const each = setInterval(() => tick(Date.now()), 1000);
    return () => clearInterval(each);
  }, []);
  const wait = duration(pause(plan.steps[plan.step] ?? ''));
  if (plan.status !== 'running' || Number.isNaN(wait) || !plan.since) {
    return null;
  }
  const left = Date.parse(plan.since) + wait - now;
  return html`<span class="num countdown" role="timer">${left > 0 ? t('plan.next', {time: clock(left)}) : t('plan.due')}</span>`;
}
