/** Where it begins. */
import {html, render, useEffect, useRef} from './lib/html.js';
import {address, follow as followLinks} from './lib/address.js';
import {language, speak, t} from './lib/i18n.js';
import {follow as followBase} from './data/base.js';
import {follow as followEvents} from './data/live.js';
import {follow as followReads} from './data/read.js';
import {follow as followSession} from './data/session.js';
import {Change} from './ui/change.js';
import {NewLane} from './ui/lane-acts.js';
import {Login} from './ui/login.js';
import {Palette, keys} from './ui/palette.js';
import {Empty, Head} from './ui/parts.js';
import {Shell} from './ui/shell.js';
import {Toasts} from './ui/toast.js';
import {OverviewPage} from './pages/overview.js';
import {LanePage} from './pages/lane.js';
import {ShiftsPage} from './pages/shifts.js';
import {ShiftPage} from './pages/shift.js';
import {PlanPage} from './pages/plan.js';
import {ExplainPage, RequestPage} from './pages/explain.js';
import {TailPage} from './pages/tail.js';
import {HistoryPage} from './pages/history.js';
import {LintPage} from './pages/lint.js';
import {GatewaysPage} from './pages/gateways.js';
import {MessagesPage} from './pages/messages.js';
import {TokensPage} from './pages/tokens.js';

/** @type {Record<string, () => any>} */
const PAGES = {
  overview: OverviewPage, lane: LanePage, shifts: ShiftsPage, shift: ShiftPage, plan: PlanPage, explain: ExplainPage, request: RequestPage,
  tail: TailPage, history: HistoryPage, lint: LintPage, gateways: GatewaysPage, messages: MessagesPage, tokens: TokensPage,
};

/** @returns {string} */
function title() {
  const {page, names} = address.value;
  const name = Object.values(names).join(' ');
  const known = page === 'overview' ? '' : page === 'request' || page === 'plan' ? `${t(`nav.${page === 'plan' ? 'shifts' : 'explain'}`)} ` : page in PAGES && page !== 'lane' && page !== 'shift' ? `${t(/** @type {import('./lib/i18n.js').Key} */ (`nav.${page}`))} ` : '';
  return `${[known + name].filter((one) => one.trim()).map((one) => `${one.trim()} · `).join('')}Laneway`;
}

function App() {
  const {page, names} = address.value;
  const Page = PAGES[page];
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
  return html`<${Shell}>${Page ? html`<${Page} key=${where} />` : html`<${Head} title=${t('nowhere')} /><${Empty} text=${t('nowhere.text')}><a href="/console/">${t('nav.overview')}</a><//>`}<//>
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
