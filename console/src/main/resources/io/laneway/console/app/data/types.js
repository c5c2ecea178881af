/**
 * The shapes of the control API that several modules read; openapi.yaml has them whole.
 *
 * @typedef {{service: string, endpoints: number, usable: number, requests?: number, errors?: number}} OwnService
 *
 * @typedef {object} LaneRow a lane as the overview has it
 * @property {string} name
 * @property {string} [slug]
 * @property {boolean} [base]
 * @property {string} [state]
 * @property {string} [mode]
 * @property {string} [parent]
 * @property {string[]} [fallsBackTo]
 * @property {string} [description]
 * @property {boolean} [keep]
 * @property {boolean} [discovered]
 * @property {string} [expiresAt]
 * @property {string} [idleUntil]
 * @property {string} [lastUsed]
 * @property {string} [ttl]
 * @property {string[]} [environmentOf]
 * @property {OwnService[]} [services]
 * @property {number} [requests]
 * @property {number} [errors]
 * @property {number} [fallbacks]
 * @property {number} [served]
 * @property {number} [p50]
 * @property {number} [p99]
 * @property {number[]} [sparkline]
 *
 * @typedef {object} ServiceRow
 * @property {string} name
 * @property {string} id
 * @property {string} [shift]
 * @property {number} [deployments]
 * @property {{endpoints: number, usable: number}} [base]
 * @property {number} [requests]
 * @property {number} [errors]
 * @property {number} [p50]
 * @property {number} [p99]
 *
 * @typedef {object} GatewayRow
 * @property {string} id
 * @property {string} [version]
 * @property {string} [address]
 * @property {string} [state]
 * @property {number} [revision]
 * @property {number} [lag]
 * @property {boolean} connected
 * @property {boolean} [missed]
 * @property {number} [shed]
 * @property {string[]} [questions]
 * @property {string} [lastSeen]
 *
 * @typedef {{lane: string, share: string, requests?: string, tenants?: {include?: string[], exclude?: string[]}, slots?: number[][]}} Environment
 *
 * @typedef {object} Shift
 * @property {string} name
 * @property {boolean} [enabled]
 * @property {Record<string, string>[]} [tenant]
 * @property {Environment[]} [environments]
 *
 * @typedef {{status: string, step: number, of: number, lane: string}} PlanMark
 *
 * @typedef {object} OverviewPage
 * @property {number} revision
 * @property {string} base
 * @property {number} [window] seconds that counts are of
 * @property {Record<string, number>} counts
 * @property {number} total
 * @property {string} [next]
 * @property {LaneRow[]} lanes
 * @property {LaneRow[]} [ancestors] lanes that these fall back to
 * @property {LaneRow} [baseLane]
 * @property {ServiceRow[]} [services]
 * @property {(Shift & {plan?: PlanMark})[]} [shifts]
 * @property {GatewayRow[]} [gateways]
 *
 * @typedef {{kind: string, name: string, op: string, before?: unknown, after?: unknown}} Difference
 * @typedef {{rule: string, subject: string, message: string}} Finding
 *
 * @typedef {object} Edit what an edit answers
 * @property {number} revision
 * @property {boolean} [changed]
 * @property {Difference[]} [diff]
 * @property {string[]} [summary]
 * @property {{connected: number, applied: number, stragglers: string[]}} [applied]
 * @property {Finding[]} [warnings]
 */
export {};
