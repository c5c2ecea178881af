/** Where it begins. */
import {html, render, signal, useEffect, useRef} from './lib/html.js';
import {address, follow as followLinks} from './lib/address.js';
import {language, speak, t} from './lib/i18n.js';
import {left} from './lib/token.js';
import {follow as followBase} from './data/base.js';
import {follow as followEvents} from './data/live.js';
import {follow as followReads} from './data/read.js';
import {follow as followSession} from './data/session.js';
import {Change} from './ui/change.js';
import {NewLane} from './ui/lane-acts.js';
import {Login} from './ui/login.js';
import {Palette, keys} from './ui/palette.js';
import {Empty, Failed, Head, Waiting} from './ui/parts.js';
import {Shell} from './ui/shell.js';
import {Toasts} from './ui/toast.js';
import {OverviewPage} from './pages/overview.js';

/** How long the first page is left alone before the others are read, in ms. */
const CALM = 2000;

/** Pages by name, each read when it is first gone to, or when there is nothing else to do. @type {Record<string, () => Promise<() => any>>} */
const PAGES = {
  lane: async () => (await import('./pages/lane.js')).LanePage,
  shifts: async () => (await import('./pages/shifts.js')).ShiftsPage,
  shift: async () => (await import('./pages/shift.js')).ShiftPage,
  plan: async () => (await import('./pages/plan.js')).PlanPage,
  explain: async () => (await import('./pages/explain.js')).ExplainPage,
  request: async () => (await import('./pages/explain.js')).RequestPage,
  tail: async () => (await import('./pages/tail.js')).TailPage,
  history: async () => (await import('./pages/history.js')).HistoryPage,
  lint: async () => (await import('./pages/lint.js')).LintPage,
  gateways: async () => (await import('./pages/gateways.js')).GatewaysPage,
  messages: async () => (await import('./pages/messages.js')).MessagesPage,
  recordings: async () => (await import('./pages/recordings.js')).RecordingsPage,
  replays: async () => (await import('./pages/replays.js')).ReplaysPage,
  replay: async () => (await import('./pages/replay.js')).ReplayPage,
  tokens: async () => (await import('./pages/tokens.js')).TokensPage,
};

/** What was read of them, and what was in the way. @type {import('../vendor/signals.js').Signal<Record<string, () => any>>} */
const there = signal({overview: OverviewPage});
const missing = signal(/** @type {Record<string, unknown>} */ ({}));

/** @param {string} name */
async function bring(name) {
  if (!Object.hasOwn(PAGES, name) || there.peek()[name]) {
    return;
  }
  try {
    const page = await PAGES[name]();
    there.value = {...there.peek(), [name]: page};
  } catch (error) {
    missing.value = {...missing.peek(), [name]: error};
  }
}

/** A server of another release has other files: the page is loaded again. @param {{name: string}} props */
function Coming({name}) {
  return missing.value[name] ? html`<${Failed} error=${missing.value[name]} retry=${() => location.reload()} />` : html`<${Waiting} lines=${8} />`;
}

/** @returns {string} */
function title() {
  const {page, names} = address.value;
  const name = Object.values(names).join(' ');
  const known = page === 'overview' ? '' : page === 'request' || page === 'plan' || page === 'replay' ? `${t(`nav.${page === 'plan' ? 'shifts' : page === 'replay' ? 'replays' : 'explain'}`)} ` : Object.hasOwn(PAGES, page) && page !== 'lane' && page !== 'shift' ? `${t(/** @type {import('./lib/i18n.js').Key} */ (`nav.${page}`))} ` : '';
  return `${[known + name].filter((one) => one.trim()).map((one) => `${one.trim()} · `).join('')}Laneway`;
}

function App() {
  const {page, names} = address.value;
  const Page = there.value[page];
  useEffect(() => void bring(page), [page]);
  const first = useRef(true);
  const where = `${page} ${Object.values(names).join(' ')}`;
  useEffect(() => {
    document.title = title();
  });
  useEffect(() => {
    // A screen reader hears of another page by its head.
    if (!first.current) {
      document.getElementById('main')?.focus({preventScroll: true});
    }
    first.current = false;
  }, [where]);
  return html`<${Shell}>${Page ? html`<${Page} key=${`${left.value} ${where}`} />` : Object.hasOwn(PAGES, page) ? html`<${Coming} name=${page} />` : html`<${Head} title=${t('nowhere')} /><${Empty} text=${t('nowhere.text')}><a href="/console/">${t('nav.overview')}</a><//>`}<//>
    <${Change} /><${NewLane} /><${Login} /><${Palette} /><${Toasts} />`;
}

speak(language.value);
followLinks();
followSession();
followReads();
followBase();
followEvents();
keys();
render(html`<${App} />`, /** @type {Element} */ (document.getElementById('app')));
addEventListener('load', () => setTimeout(() => Object.keys(PAGES).forEach((name) => void bring(name)), CALM));
