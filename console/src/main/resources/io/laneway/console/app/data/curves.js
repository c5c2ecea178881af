/** What a plan's guard said over time: what the API kept of it, and then for as long as the page is open. */

/** @typedef {{time: number, errors: number | null, baseErrors: number | null, p99: number | null, baseP99: number | null}} Point */

const MOST = 900;

/** The curves of each service. */
export class Curves {
  constructor() {
    /** @type {Map<string, Point[]>} */
    this.points = new Map();
  }

  /**
   * @param {any} verdict of the plan
   * @param {number} time in s
   */
  add(verdict, time) {
    for (const one of verdict?.services ?? []) {
      const all = this.points.get(one.service) ?? [];
      if (all.at(-1)?.time === time) {
        continue;
      }
      all.push({
        time,
        errors: number(one.environment?.errorRate),
        baseErrors: number(one.base?.errorRate),
        p99: number(one.environment?.p99),
        baseP99: number(one.base?.p99),
      });
      this.points.set(one.service, all.slice(-MOST));
    }
  }
}

/**
 * The same with what was before it.
 *
 * @param {{times: string[], services: any[]} | null} kept by the API
 * @param {string} service
 * @param {Point[]} seen by this page
 * @returns {Point[]}
 */
export function withPast(kept, service, seen) {
  const past = kept?.services.find((one) => one.service === service);
  const first = seen[0]?.time ?? Infinity;
  const points = past ? (kept?.times ?? []).map((at, n) => ({
    time: Math.round(Date.parse(at) / 1000), errors: past.errorRate[n], baseErrors: past.baseErrorRate[n], p99: past.p99[n], baseP99: past.baseP99[n],
  })) : [];
  return [...points.filter((one) => one.time < first), ...seen];
}

/** @param {unknown} value */
const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
