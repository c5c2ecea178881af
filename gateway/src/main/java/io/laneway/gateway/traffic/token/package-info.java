/**
 * Tokens (JWT) that clients of an external listener send: read, verified off the event loops, remembered until they end.
 * {@link io.laneway.gateway.traffic.token.TokenCheck} is the hook in an exchange; what is verified once is found again by
 * {@link io.laneway.gateway.traffic.verified.VerifiedTexts} without waiting. Heads come in, claims and refusals go out; it knows
 * no route and no lane. Signatures and keys are Nimbus JOSE's and the JDK's.
 */
@NullMarked
package io.laneway.gateway.traffic.token;

import org.jspecify.annotations.NullMarked;
