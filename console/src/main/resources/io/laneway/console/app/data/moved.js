/** What traffic does to a row that is shown. */

/**
 * A row with the numbers of a later moment.
 *
 * @param {import('./types.js').LaneRow} row
 * @param {any} now
 * @returns {import('./types.js').LaneRow}
 */
export function moved(row, now) {
  const by = new Map((now.services ?? []).map((/** @type {any} */ one) => [one.service, one]));
  return {
    ...row,
    requests: now.requests,
    errors: now.errors,
    fallbacks: now.fallbacks,
    served: now.served,
    p50: now.p50,
    p99: now.p99,
    services: row.services?.map((own) => {
      const fresh = by.get(own.service);
      return {...own, requests: fresh?.requests ?? 0, errors: fresh?.errors ?? 0};
    }),
  };
}
