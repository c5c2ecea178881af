/**
 * A request's way through the gateway: what an edge believes of it, its route and lane, the filters of its service, the
 * attempts at upstreams, and the response. Neutral heads and bodies come in from a protocol; streams to endpoints are
 * opened by the upstream hall. It knows no bytes of any protocol, and may use upstream, protocol and runtime.
 */
package io.laneway.gateway.traffic;
