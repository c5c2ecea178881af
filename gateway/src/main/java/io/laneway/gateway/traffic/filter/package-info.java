/**
 * Filters of one's own ({@link io.laneway.filter}): found and made at the start by {@link
 * io.laneway.gateway.traffic.filter.Filters}, passed by each request of their listener in {@link
 * io.laneway.gateway.traffic.filter.FilterGate}. docs/how-to/filters.md.
 */
@NullMarked
package io.laneway.gateway.traffic.filter;

import org.jspecify.annotations.NullMarked;
