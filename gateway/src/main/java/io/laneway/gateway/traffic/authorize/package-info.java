/**
 * Authorization of requests by a program outside, by Envoy's protocol {@code ext_authz} v3: over gRPC, or over HTTP as proxies
 * of that kind and {@code forwardAuth} do it. {@link io.laneway.gateway.traffic.authorize.AuthGate} is the gate in an exchange,
 * behind routing; {@link io.laneway.gateway.traffic.authorize.ListenerAuth} has what the event loops share: decisions that are
 * remembered, and checks under way. The authorizer is asked on the loop of the request, by connections of its own. Heads
 * come in; edits of heads, permissions and denials go out.
 */
@NullMarked
package io.laneway.gateway.traffic.authorize;

import org.jspecify.annotations.NullMarked;
