/** What stands around each page: the column of navigation, and how live it all is. */
import {html, signal, useEffect} from '../lib/html.js';
import {language, speak, t} from '../lib/i18n.js';
import {address, to} from '../lib/address.js';
import {forget, token, wanted} from '../lib/token.js';
import {revision, state} from '../data/live.js';
import {leave, session} from '../data/session.js';
import {theme, wear} from './theme.js';
import {openPalette} from './palette.js';

/** @type {[string[], import('../lib/i18n.js').Key, string[]][]} parts of the address, name, pages */
const PLACES = [
  [[], 'nav.overview', ['overview', 'lane']],
  [['shifts'], 'nav.shifts', ['shifts', 'shift', 'plan']],
  [['explain'], 'nav.explain', ['explain', 'request']],
  [['tail'], 'nav.tail', ['tail']],
  [['history'], 'nav.history', ['history']],
  [['lint'], 'nav.lint', ['lint']],
  [['gateways'], 'nav.gateways', ['gateways']],
  [['messages'], 'nav.messages', ['messages']],
  [['recordings'], 'nav.recordings', ['recordings']],
  [['replays'], 'nav.replays', ['replays', 'replay']],
  [['tokens'], 'nav.tokens', ['tokens']],
];

const open = signal(false);

/** @param {{children: any}} props */
export function Shell({children}) {
  useEffect(() => address.subscribe(() => void (open.value = false)), []);
  return html`<a class="skip" href="#main">${t('skip')}</a>
    <div class="frame">
      <nav class=${open.value ? 'open' : ''} aria-label=${t('nav')}>
        <div class="brand"><a href=${to([])}><i aria-hidden="true"></i>Laneway</a>
          <button type="button" class="menu" aria-expanded=${open.value ? 'true' : 'false'} onClick=${() => (open.value = !open.value)}>${t('menu')}</button></div>
        <div class="places">
          <button type="button" class="find" onClick=${openPalette}><span>${t('find')}</span><kbd>Ctrl K</kbd></button>
          <ul>${PLACES.map(([parts, key, pages]) => html`<li><a href=${to(parts)} aria-current=${pages.includes(address.value.page) ? 'page' : undefined}>${t(key)}</a></li>`)}</ul>
          <${Foot} />
        </div>
      </nav>
      <main id="main" tabindex="-1">${children}</main>
    </div>`;
}

function Foot() {
  const live = state.value;
  const who = session.value;
  return html`<div class="foot">
    <p class="pulse ${live}" role="status"><i aria-hidden="true"></i>${live === 'live' ? t('live') : live === 'opening' ? t('live.opening') : t('live.lost')}
      ${revision.value > 0 && html` · <a href=${to(['history'])} class="num">${t('revision', {n: revision.value})}</a>`}</p>
    <p class="who">${who?.open ? t('who.open') : who?.subject ? `${who.subject} · ${who.role}` : token.value ? t('who.token') : who ? t('who.none') : ''}
      ${token.value ? html` <button type="button" class="link" onClick=${forget}>${t('logout')}</button>`
        : who?.by === 'session' ? html` <button type="button" class="link" onClick=${() => void leave()}>${t('logout.session')}</button>
          <button type="button" class="link" title=${t('logout.everywhere.text')} onClick=${() => void leave({everywhere: true})}>${t('logout.everywhere')}</button>`
        : who && !who.open && !who.authenticated && html` <button type="button" class="link" onClick=${() => (wanted.value = true)}>${t('login')}</button>`}</p>
    <div class="tastes">
      <button type="button" onClick=${() => speak(language.value === 'zh' ? 'en' : 'zh')} lang=${language.value === 'zh' ? 'en' : 'zh-CN'}>${language.value === 'zh' ? 'English' : '中文'}</button>
      <button type="button" onClick=${wear}>${theme.value === 'dark' ? t('theme.light') : t('theme.dark')}</button>
    </div></div>`;
}
