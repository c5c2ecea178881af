/** The lanes of the overview: pages of rows as they are scrolled to, kept up to date row by row. */
import {signal, batch} from '../lib/html.js';
import {call} from '../lib/api.js';
import {learn} from './base.js';
import {on} from './live.js';
import {moved} from './moved.js';

/** @typedef {import('./types.js').LaneRow} LaneRow */
/** @typedef {import('./types.js').OverviewPage} OverviewPage */
/** @typedef {{q: string, state: string, service: string, sort: string}} Wanted */

const FIRST = 200;
const MORE = 1000;

/** How long the first paint is left alone, in ms. */
const CALM = 1500;

/** One view of the lanes, by one filter and one order; rows never move while it is shown. */
export class Overview {
  /** @param {Wanted} wanted */
  constructor(wanted) {
    this.wanted = wanted;
    /** @type {string[]} */
    this.order = [];
    /** @type {Set<string>} */
    this.placed = new Set();
    /** @type {Map<string, import('../../vendor/signals.js').Signal<LaneRow>>} */
    this.rows = new Map();
    /** The names of lanes by their slugs, by which traffic is said, where the two differ. @type {Map<string, string>} */
    this.names = new Map();
    /** @type {import('../../vendor/signals.js').Signal<OverviewPage | null>} */
    this.page = signal(null);
    /** Grows when rows were added. */
    this.loaded = signal(0);
    this.total = signal(0);
    /** @type {import('../../vendor/signals.js').Signal<any>} */
    this.error = signal(null);
    this.loading = signal(true);
    /** Lanes that came since, and stand nowhere yet. */
    this.fresh = signal(/** @type {string[]} */ ([]));
    /** Lanes that are gone, and still stand where they stood. */
    this.gone = signal(/** @type {Set<string>} */ (new Set()));
    /** When a lane was last touched, in ms. */
    this.touched = signal(/** @type {Map<string, number>} */ (new Map()));
    /** The first page, as it is read. @type {Promise<void> | null} */
    this.read = null;
    this.next = '';
    this.busy = false;
    /** The last row that was asked for, which may be farther than what is being read. */
    this.wish = -1;
    this.ended = false;
  }

  /** @param {Record<string, string>} more */
  path(more) {
    const query = new URLSearchParams(Object.entries({...this.wanted, ...more}).filter(([, value]) => value));
    return `/v1/overview?${query}`;
  }

  /** Reads the first page, and follows what changes. @returns {() => void} ends it */
  begin() {
    this.read = this.first();
    const ends = [
      on('lanes', (data) => this.changed(data)),
      on('traffic', (data) => this.traffic(data)),
      on('gateways', () => void this.head()),
      on('plan', () => void this.head()),
      on('revision', (data) => this.revised(data)),
      on('resume', (data) => void (data.first ? this.opened(data) : this.again())),
    ];
    return () => {
      this.ended = true;
      ends.forEach((end) => end());
    };
  }

  async first() {
    this.loading.value = true;
    try {
      const {body} = await call(this.path({limit: String(FIRST)}));
      this.order = [];
      this.placed = new Set();
      this.put(body, true);
    } catch (error) {
      this.error.value = error;
    }
    this.loading.value = false;
  }

  /**
   * @param {OverviewPage} body
   * @param {boolean} head whether it has services, shifts and gateways as well
   */
  put(body, head) {
    batch(() => {
      for (const row of body.lanes) {
        if (!this.placed.has(row.name)) {
          this.placed.add(row.name);
          this.order.push(row.name);
        }
        this.row(row);
      }
      (body.ancestors ?? []).forEach((row) => this.row(row));
      if (body.baseLane) {
        this.row(body.baseLane);
      }
      if (head) {
        this.page.value = body;
        learn(body);
        this.fresh.value = [];
        this.gone.value = new Set();
      }
      this.next = body.next ?? '';
      this.total.value = body.total;
      this.loaded.value = this.order.length;
      this.error.value = null;
    });
  }

  /** @param {LaneRow} row */
  row(row) {
    if (row.slug && row.slug !== row.name) {
      this.names.set(row.slug, row.name);
    }
    const one = this.rows.get(row.name);
    if (one) {
      one.value = row;
    } else {
      this.rows.set(row.name, signal(row));
    }
  }

  /**
   * Reads on until a row is there; one that is asked for meanwhile is read as well.
   *
   * @param {number} index
   */
  async reach(index) {
    this.wish = Math.max(this.wish, index);
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      while (!this.ended && this.next && this.order.length <= this.wish) {
        const {body} = await call(this.path({limit: String(MORE), after: this.next}));
        this.put(body, false);
      }
    } catch (error) {
      this.error.value = error;
    }
    this.busy = false;
    this.wish = -1;
  }

  /** Reads services, shifts and gateways again, and leaves the lanes as they are. */
  async head() {
    try {
      this.headed((await call('/v1/overview?limit=1')).body);
    } catch {
      // The next event tries again; what is shown stays.
    }
  }

  /**
   * The first stream is open: what changed between reading and opening is read once more, when there is time for it.
   *
   * @param {{revision: number}} data
   */
  async opened(data) {
    await this.read;
    const late = this.page.value?.revision !== data.revision;
    if (!this.page.value) {
      // What was asked for before there was a token, or a server, was refused.
      await (this.ended ? null : this.first());
      return;
    }
    await new Promise((done) => setTimeout(done, late ? 0 : CALM));
    if (this.ended) {
      return;
    }
    try {
      const {body} = await call(this.path({limit: String(FIRST)}));
      this.changed({lanes: body.lanes, removed: [], reload: false, quiet: true});
      this.headed(body);
    } catch {
      // The stream takes up what comes.
    }
  }

  /** @param {OverviewPage} body */
  headed(body) {
    if (this.page.value) {
      this.page.value = {...this.page.value, ...body, lanes: [], total: this.total.value};
      learn(body);
      if (body.baseLane) {
        this.row(body.baseLane);
      }
    }
  }

  /** Reads all rows that are there again, in the order in which they stand. */
  async again() {
    if (this.error.value || !this.page.value) {
      await this.first();
      return;
    }
    const shown = [...this.order];
    for (let at = 0; at < shown.length && !this.ended; at += 100) {
      const names = shown.slice(at, at + 100);
      try {
        const {body} = await call(`/v1/overview?${new URLSearchParams({lane: names.join(), limit: '100'})}`);
        const there = new Set(body.lanes.map((/** @type {LaneRow} */ row) => row.name));
        this.changed({lanes: body.lanes, removed: names.filter((name) => !there.has(name)), reload: false, quiet: true});
      } catch (error) {
        this.error.value = error;
      }
    }
    await this.head();
  }

  /** @param {{lanes: LaneRow[], removed: string[], reload: boolean, quiet?: boolean}} data */
  changed(data) {
    if (data.reload) {
      void this.again();
      return;
    }
    batch(() => {
      const fresh = new Set(this.fresh.value);
      const gone = new Set(this.gone.value);
      for (const row of data.lanes) {
        this.row(row);
        gone.delete(row.name);
        if (!this.placed.has(row.name) && !this.next) {
          fresh.add(row.name);
        }
      }
      for (const name of data.removed) {
        fresh.delete(name);
        if (this.placed.has(name)) {
          gone.add(name);
        } else {
          this.names.delete(this.rows.get(name)?.peek().slug ?? name);
          this.rows.delete(name);
        }
      }
      this.fresh.value = [...fresh];
      this.gone.value = gone;
      if (!data.quiet) {
        this.touch([...data.lanes.map((row) => row.name), ...data.removed]);
      }
    });
  }

  /** @param {{touched?: {services?: string[], shifts?: string[], base?: boolean}}} data */
  revised(data) {
    if (!data.touched || data.touched.services?.length || data.touched.shifts?.length || data.touched.base) {
      void this.head();
    }
  }

  /** @param {string[]} names */
  touch(names) {
    const now = Date.now();
    const marks = new Map([...this.touched.value].filter(([, at]) => now - at < 60_000));
    names.filter((name) => this.placed.has(name)).forEach((name) => marks.set(name, now));
    this.touched.value = marks;
  }

  /** @param {{lanes: any[], services: any[]}} data */
  traffic(data) {
    batch(() => {
      for (const one of data.lanes) {
        const row = this.rows.get(this.names.get(one.lane) ?? one.lane);
        if (row) {
          row.value = moved(row.value, one);
        }
      }
      const page = this.page.value;
      if (page?.services && data.services?.length) {
        const by = new Map(data.services.map((one) => [one.service, one]));
        this.page.value = {...page, services: page.services.map((one) => (by.has(one.id) ? {...one, ...by.get(one.id), name: one.name} : one))};
      }
    });
  }
}
