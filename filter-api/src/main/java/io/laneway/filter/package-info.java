/**
 * What a filter of one's own is written against. A {@link io.laneway.filter.FilterFactory}, found by {@link
 * java.util.ServiceLoader}, makes a {@link io.laneway.filter.Filter} for each place in a gateway's configuration that names
 * it. The filter sees each request's head, and its body where it collects that, and says what becomes of it: a {@link
 * io.laneway.filter.FilterResult}, at once or later, from any thread. docs/how-to/filters.md.
 */
@NullMarked
package io.laneway.filter;

import org.jspecify.annotations.NullMarked;
