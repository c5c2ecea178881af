/** Begins a plan. */
import {html, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {steps} from '../lib/steps.js';
import {propose} from './change.js';
import {Act, Field} from './parts.js';

/**
 * @param {{shift: string, path: string}} props
 */
export function PlanForm({shift, path}) {
  const [lane, set] = useState('');
  const [text, write] = useState('5% 30m, 20% 2h, 100%');
  const [errorRate, worse] = useState('1%');
  const [p99, slower] = useState('1.5');
  const found = steps(text);
  const body = {lane, steps: found ?? [], guard: {...(errorRate ? {errorRate} : {}), ...(Number(p99) > 1 ? {p99: Number(p99)} : {})}};
  const wrong = !lane.trim() ? t('plan.form.lane') : !found ? t('plan.form.steps') : '';
  return html`<form class="plan-form" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <${Field} label=${t('plan.form.environment')} value=${lane} placeholder="G0" onInput=${set} />
    <${Field} wide label=${t('plan.form.ramp')} value=${text} hint=${t('plan.form.hint')} error=${found ? '' : t('plan.form.steps')} onInput=${write} />
    <div class="pair"><${Field} label=${t('plan.form.errors')} value=${errorRate} onInput=${worse} /><${Field} label=${t('plan.form.p99')} value=${p99} onInput=${slower} /></div>
    <${Act} label=${t('plan.start')} kind="primary" disabled=${wrong} onClick=${() => propose({title: t('plan.start.title', {shift}), method: 'PUT', path, body})} /></form>`;
}
