/**
 * Gates: what a request passes between its head and its endpoint, and where it may have to wait for something outside, such
 * as a token's verification. {@link io.laneway.gateway.traffic.gate.Gate} is one such thing; {@link
 * io.laneway.gateway.traffic.gate.GateWait} is the mechanism of waiting, one for each exchange that has a gate: the deadline,
 * what comes of the request meanwhile, and the protection of an exchange that is over. It knows no kind of gate, no route and
 * no lane.
 */
@NullMarked
package io.laneway.gateway.traffic.gate;

import org.jspecify.annotations.NullMarked;
