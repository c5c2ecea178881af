/**
 * What requests make a gateway follow of the table: hosts that they are for and lanes that they ask for. A request for a host
 * that the gateway has not asked about waits at {@link io.laneway.gateway.traffic.interest.InterestGate} until the part of
 * the table was widened. Who follows the whole table has nothing of this.
 * docs/decisions/0500-a-part-answers-only-what-was-asked.md.
 */
@NullMarked
package io.laneway.gateway.traffic.interest;

import org.jspecify.annotations.NullMarked;
