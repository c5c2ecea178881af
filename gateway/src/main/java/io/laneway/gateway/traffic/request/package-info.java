/**
 * Phases 3 to 5: which service, which lane, which cluster; and what is done to a request's head before it is sent: filters
 * of its service, the headers that the next hop is to see, copies for a mirror. Heads come in, decisions and failures go
 * out. It may use the context alone.
 */
@NullMarked
package io.laneway.gateway.traffic.request;

import org.jspecify.annotations.NullMarked;
