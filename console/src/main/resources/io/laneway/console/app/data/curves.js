/** What a plan's guard said over time, for as long as the page is open. */

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

/** @param {unknown} value */
const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
