/**
 * What the phases of an exchange share: the listener they work for, the request with its decision and facts, its timeouts.
 * A context is filled by the exchange that owns it, and read and written by its phases. It knows no phase.
 */
@NullMarked
package io.laneway.gateway.traffic.context;

import org.jspecify.annotations.NullMarked;
