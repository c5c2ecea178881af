/** Who may do what, and who gave it to them. */
import {html, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {call, seg} from '../lib/api.js';
import {useRead} from '../data/read.js';
import {may, session} from '../data/session.js';
import {propose} from '../ui/change.js';
import {Act, Choice, Copy, Empty, Field, Head, Read, When} from '../ui/parts.js';

export function TokensPage() {
  const allowed = may('admin');
  const tokens = useRead(allowed ? '/v1/tokens' : '', []);
  const audit = useRead(allowed ? '/v1/audit?limit=100' : '', []);
  const [made, show] = useState('');
  if (!allowed) {
    return html`<${Head} title=${t('nav.tokens')} /><${Empty} text=${t('may.not', {role: 'admin', own: session.value?.role ?? ''})} />`;
  }
  const again = () => {
    tokens.refresh();
    audit.refresh();
  };
  return html`<${Head} title=${t('nav.tokens')} sub=${t('tokens.sub')} />
    ${made && html`<section class="made" role="status"><p><b>${t('tokens.made')}</b></p><${Copy} text=${made} label=${t('login.token')} /></section>`}
    <${Make} done=${(/** @type {any} */ token) => { show(token?.token ?? ''); again(); }} />
    <${Read} known=${tokens}>${(/** @type {any} */ data) => (data.tokens.length ? html`<${List} all=${data.tokens} again=${again} />` : html`<${Empty} text=${t('tokens.none')} command="laneway tokens create ada --role admin" />`)}<//>
    <section><h2>${t('audit')}</h2><${Read} known=${audit}>${(/** @type {any} */ data) => (data.audit.length
      ? html`<div class="scroll" tabindex="0" role="region" aria-label=${t('audit')}><table class="list"><thead><tr><th>${t('history.when')}</th><th>${t('history.who')}</th><th>${t('history.what')}</th></tr></thead>
        <tbody>${data.audit.map((/** @type {any} */ one) => html`<tr><td><${When} at=${one.at} /></td><td>${one.who}</td><td>${one.action} <code>${one.subject}</code></td></tr>`)}</tbody></table></div>`
      : html`<p class="faint">${t('audit.none')}</p>`)}<//></section>`;
}

/** @param {{all: any[], again: () => void}} props */
const List = ({all, again}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('nav.tokens')}><table class="list">
  <thead><tr><th>${t('tokens.subject')}</th><th>${t('tokens.role')}</th><th>${t('tokens.limits')}</th><th>${t('tokens.created')}</th><th>${t('tokens.expires')}</th><th><span class="sr">${t('tokens.revoke')}</span></th></tr></thead>
  <tbody>${all.map((one) => html`<tr key=${one.id}><th scope="row">${one.subject}</th><td>${one.role}</td><td><code>${one.lanes ?? one.gateways ?? ''}</code></td><td><${When} at=${one.created} /></td><td><${When} at=${one.expires} /></td>
    <td><${Act} label=${t('tokens.revoke')} role="admin" kind="danger" onClick=${() => void revoke(one, again)} /></td></tr>`)}</tbody></table></div>`;

/**
 * @param {any} token
 * @param {() => void} done
 */
async function revoke(token, done) {
  const path = `/v1/tokens/${seg(token.id)}`;
  const now = await call(path);
  propose({title: t('tokens.revoke.title', {subject: token.subject}), method: 'DELETE', path, object: path, seen: now.body, etag: now.etag, danger: true, done});
}

/** @param {{done: (token: any) => void}} props */
function Make({done}) {
  const [subject, set] = useState('');
  const [role, be] = useState('viewer');
  const [limit, narrow] = useState('');
  const [ttl, last] = useState('90d');
  const body = {subject, role, ...(ttl ? {ttl} : {}), ...(limit ? {[role === 'gateway' ? 'gateways' : 'lanes']: limit} : {})};
  return html`<details class="make"><summary>${t('tokens.new')}</summary><form class="tools" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <${Field} label=${t('tokens.subject')} value=${subject} placeholder="ci" onInput=${set} />
    <${Choice} label=${t('tokens.role')} value=${role} options=${['viewer', 'releaser', 'admin', 'gateway'].map((one) => [one, one])} onChange=${be} />
    <${Field} label=${role === 'gateway' ? t('tokens.gateways') : t('tokens.lanes')} value=${limit} placeholder=${role === 'gateway' ? 'edge-*' : 'f-*'} onInput=${narrow} />
    <${Field} label=${t('tokens.ttl')} value=${ttl} hint=${t('tokens.ttl.hint')} onInput=${last} />
    <${Act} label=${t('tokens.make')} role="admin" kind="primary" disabled=${!subject.trim() && t('tokens.subject.none')} onClick=${() => propose({title: t('tokens.make.title', {subject}), method: 'POST', path: '/v1/tokens', body, done})} /></form></details>`;
}
