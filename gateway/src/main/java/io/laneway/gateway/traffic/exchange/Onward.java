package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.context.ExchangeTimeouts;
import io.laneway.gateway.traffic.forward.Forwarder;

/** Where a request's head is led to by its phases: to its endpoint in time, or to its end. Immutable. */
record Onward(Forwarder forwarder, ExchangeTimeouts timeouts, RequestRelay relay, ExchangeEnd exchange) {}
