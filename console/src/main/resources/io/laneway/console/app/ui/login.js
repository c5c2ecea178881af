/** Asks for a token where the API wants one. */
import {html, useEffect, useRef, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {take, wanted} from '../lib/token.js';
import {session} from '../data/session.js';
import {Field} from './parts.js';

export function Login() {
  return wanted.value ? html`<${Ask} />` : null;
}

function Ask() {
  const box = useRef(/** @type {any} */ (null));
  const [value, set] = useState('');
  const [keep, stay] = useState(false);
  useEffect(() => box.current.showModal(), []);
  const login = session.value?.login;
  return html`<dialog ref=${box} class="login" aria-labelledby="login-title" onClose=${() => (wanted.value = false)}>
    <form method="dialog" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); take(value, keep); }}>
      <h2 id="login-title">${t('login.title')}</h2>
      <p>${t('login.text')}</p>
      ${login?.startsWith('/v1/') && html`<p><a class="act primary" href=${`${login}?to=${encodeURIComponent(location.pathname + location.search)}`} target="_self">${t('login.oidc')}</a></p>`}
      <${Field} wide type="password" label=${t('login.token')} value=${value} onInput=${set} />
      <label class="check"><input type="checkbox" checked=${keep} onChange=${(/** @type {any} */ event) => stay(event.target.checked)} /> ${t('login.keep')}</label>
      <footer><button type="button" onClick=${() => box.current.close()}>${t('cancel')}</button>
        <button type="submit" class="primary" disabled=${!value.trim()}>${t('login.go')}</button></footer>
    </form></dialog>`;
}
