/** What one cell of the matrix says: who serves a service for those who ask for a lane. */

/** @typedef {import('./types.js').LaneRow} LaneRow */
/** @typedef {import('./types.js').ServiceRow} ServiceRow */

/**
 * @typedef {object} Cell
 * @property {'own' | 'fallback' | 'unready' | 'none'} kind `unready`: its own deployment cannot serve; `none`: 503
 * @property {string} served the lane that serves, empty for none
 * @property {number} requests of its own deployment
 * @property {number} errors
 * @property {number} endpoints
 * @property {number} usable
 */

/**
 * Walks a lane's chain as the decision does (the first with a usable endpoint).
 *
 * @param {LaneRow} lane
 * @param {ServiceRow} service
 * @param {string} base
 * @param {(name: string) => LaneRow | undefined} find
 * @returns {Cell}
 */
export function cell(lane, service, base, find) {
  const own = lane.base ? fromBase(service) : lane.services?.find((one) => one.service === service.id);
  const facts = {requests: own?.requests ?? 0, errors: own?.errors ?? 0, endpoints: own?.endpoints ?? 0, usable: own?.usable ?? 0};
  if (own && own.usable > 0) {
    return {kind: 'own', served: lane.name, ...facts};
  }
  const served = (lane.base ? [] : lane.fallsBackTo ?? [base]).find((name) => usable(name, service, base, find)) ?? '';
  return {kind: own ? 'unready' : served ? 'fallback' : 'none', served, ...facts};
}

/**
 * Which columns of a lane say more than that base serves: what most cells say is drawn for all of them at once.
 *
 * @param {LaneRow} lane
 * @param {{from: number, to: number}} range of columns in sight
 * @param {{services: ServiceRow[], places: Map<string, number>, base: string}} table `places` is the column of each service
 * @param {(name: string) => LaneRow | undefined} find
 * @returns {number[]} in order
 */
export function telling(lane, {from, to}, {services, places, base}, find) {
  const chain = lane.fallsBackTo ?? [base];
  const all = lane.base || !chain.includes(base);
  /** @type {Set<number>} */
  const columns = new Set();
  for (let at = from; at < Math.min(to, services.length); at++) {
    if (all || (services[at].base?.usable ?? 0) === 0) {
      columns.add(at);
    }
  }
  for (const row of [lane, ...chain.map((name) => (name === base ? undefined : find(name)))]) {
    for (const own of row?.services ?? []) {
      const at = places.get(own.service) ?? -1;
      if (at >= from && at < to) {
        columns.add(at);
      }
    }
  }
  return [...columns].sort((a, b) => a - b);
}

/**
 * @param {ServiceRow} service
 * @returns {import('./types.js').OwnService | undefined}
 */
function fromBase(service) {
  return service.base && {service: service.id, ...service.base};
}

/**
 * @param {string} name
 * @param {ServiceRow} service
 * @param {string} base
 * @param {(name: string) => LaneRow | undefined} find
 */
function usable(name, service, base, find) {
  return name === base
    ? (service.base?.usable ?? 0) > 0
    : (find(name)?.services?.some((one) => one.service === service.id && one.usable > 0) ?? false);
}
