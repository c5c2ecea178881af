/** The one way in which this program changes something: the difference first, then once yes, with a reason. */
import {html, signal, useEffect, useRef, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {call} from '../lib/api.js';
import {curl} from '../lib/curl.js';
import {to} from '../lib/address.js';
import {Columns, Differences} from './columns.js';
import {Copy, Failed, Field, Waiting} from './parts.js';
import {say} from './toast.js';

/**
 * @typedef {object} Proposal
 * @property {string} title what will be done
 * @property {string} path
 * @property {string} method
 * @property {unknown} [body]
 * @property {string} [etag] of what the reader saw
 * @property {unknown} [seen] what the reader saw, for a conflict
 * @property {string} [object] where what would be changed is read
 * @property {boolean} [create] whether it must not be there yet
 * @property {any} [note] what else is to be known
 * @property {boolean} [danger]
 * @property {string} [reason] to begin with
 * @property {(edit: any) => void} [done]
 */

/** @type {import('../../vendor/signals.js').Signal<Proposal | null>} */
const current = signal(null);

/** @param {Proposal} proposal */
export const propose = (proposal) => void (current.value = proposal);

/** A key under which a repeated call is done once. */
const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Where the question is asked. */
export function Change() {
  const proposal = current.value;
  return proposal ? html`<${Question} key=${proposal.title + proposal.path} proposal=${proposal} />` : null;
}

/** @typedef {{phase: 'looking' | 'ready' | 'sending' | 'conflict' | 'refused', reply?: any, error?: any, now?: any, etag?: string}} State */

/** @param {{proposal: Proposal}} props */
function Question({proposal}) {
  const box = useRef(/** @type {any} */ (null));
  const [state, set] = useState(/** @type {State} */ ({phase: 'looking', etag: proposal.etag}));
  const [reason, why] = useState(proposal.reason ?? '');
  const [once] = useState(key);
  const close = () => void (current.value = null);
  useEffect(() => {
    box.current.showModal();
    void look(proposal, proposal.etag).then(set);
  }, []);
  const wish = {method: proposal.method, body: proposal.body, ifMatch: state.etag, create: proposal.create, reason: reason || proposal.title};
  const send = async () => {
    set({...state, phase: 'sending'});
    const next = await attempt(proposal, state.etag, {...wish, wait: true, key: once});
    if (next.phase !== 'ready') {
      set(next);
      return;
    }
    close();
    say(said(proposal, next.reply));
    proposal.done?.(next.reply);
  };
  return html`<dialog ref=${box} class="change" aria-labelledby="change-title" onClose=${close}>
    <form method="dialog" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); if (state.phase === 'ready') void send(); }}>
      <h2 id="change-title">${proposal.title}</h2>
      ${proposal.note && html`<div class="note">${proposal.note}</div>`}
      <div class="what">${what(proposal, state)}</div>
      ${state.phase !== 'conflict' && html`<${Field} wide label=${t('reason')} placeholder=${proposal.title} hint=${t('reason.hint')} value=${reason} onInput=${why} />`}
      <details class="as-curl"><summary>${t('as.curl')}</summary><${Copy} label="curl" text=${curl(proposal.path, wish, location.origin)} /></details>
      <footer><button type="button" onClick=${() => box.current.close()}>${t('cancel')}</button>
        ${state.phase === 'conflict'
          ? html`<button type="button" class="primary" onClick=${() => { set({...state, phase: 'looking'}); void look(proposal, state.etag).then(set); }}>${t('conflict.again')}</button>`
          : html`<button type="submit" class=${proposal.danger ? 'danger' : 'primary'} disabled=${state.phase !== 'ready'}>${state.phase === 'sending' ? t('sending') : proposal.title}</button>`}
      </footer>
    </form>
  </dialog>`;
}

/**
 * What is shown above the buttons.
 *
 * @param {Proposal} proposal
 * @param {State} state
 */
function what(proposal, state) {
  if (state.phase === 'conflict') {
    return html`<p role="alert"><strong>${t('conflict')}</strong></p>
      <${Columns} before=${still(proposal.seen)} after=${still(state.now)} left=${t('conflict.seen')} right=${t('conflict.now')} />`;
  }
  if (state.phase === 'refused') {
    return html`<${Failed} error=${state.error} />`;
  }
  if (!state.reply) {
    return html`<${Waiting} lines=${3} />`;
  }
  const {diff, summary, warnings} = state.reply;
  return html`${diff ? html`<${Differences} diff=${diff} summary=${summary} />` : html`<${Columns} before=${proposal.seen} after=${state.reply} />`}
    ${warnings?.length > 0 && html`<ul class="warnings">${warnings.map((/** @type {any} */ one) => html`<li><strong>${one.rule}</strong> ${one.subject}: ${one.message}</li>`)}</ul>`}`;
}

/**
 * What an edit can change, without what use alone moves.
 *
 * @param {any} object
 */
const still = ({lastUsed: _used, idleUntil: _until, ...rest}) => rest;

/**
 * Tries it without doing it.
 *
 * @param {Proposal} proposal
 * @param {string | undefined} etag
 * @returns {Promise<State>}
 */
const look = (proposal, etag) => attempt(proposal, etag, {method: proposal.method, body: proposal.body, ifMatch: etag, create: proposal.create, dryRun: true});

/**
 * @param {Proposal} proposal
 * @param {string | undefined} etag
 * @param {import('../lib/api.js').Wish} wish
 * @returns {Promise<State>}
 */
async function attempt(proposal, etag, wish) {
  try {
    const {body} = await call(proposal.path, wish);
    return {phase: 'ready', reply: body, etag};
  } catch (/** @type {any} */ error) {
    if (error.status === 412 && proposal.object) {
      return conflict(proposal.object, error, etag);
    }
    return {phase: 'refused', error, etag};
  }
}

/**
 * @param {string} object
 * @param {any} error
 * @param {string | undefined} etag
 * @returns {Promise<State>}
 */
async function conflict(object, error, etag) {
  try {
    const now = await call(object);
    return {phase: 'conflict', now: now.body, etag: now.etag};
  } catch {
    return {phase: 'refused', error, etag};
  }
}

/**
 * @param {Proposal} proposal
 * @param {any} edit
 */
function said(proposal, edit) {
  const applied = edit?.applied;
  const reached = applied ? ` · ${t('applied', {n: applied.applied, of: applied.connected})}` : '';
  const link = edit?.revision ? html` · <a href=${to(['history', String(edit.revision)])}>${t('revision', {n: edit.revision})}</a>` : '';
  return html`${proposal.title}${link}${reached}`;
}
