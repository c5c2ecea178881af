/**
 * The lane table while the gateway runs: where it comes from, how it is swapped, and the last known good one on disk.
 * Everything happens on one thread of its own; requests only read the one volatile reference.
 */
@NullMarked
package io.laneway.gateway.server.tables;

import org.jspecify.annotations.NullMarked;
