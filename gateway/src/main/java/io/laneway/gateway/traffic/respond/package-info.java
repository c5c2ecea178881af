/**
 * Phase 9: the response of an endpoint on to the client, its headers, what becomes of an exchange that switched to another
 * protocol, and the gateway's own replies. Events of an endpoint's stream come in; heads and bodies go to the client's
 * stream. It may use the context and the forward phases.
 */
@NullMarked
package io.laneway.gateway.traffic.respond;

import org.jspecify.annotations.NullMarked;
