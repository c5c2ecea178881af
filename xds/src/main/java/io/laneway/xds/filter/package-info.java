/**
 * Parts of a policy that an Envoy does by HTTP filters: those of its listener, and how virtual hosts and routes configure them.
 * Uses words.
 */
@NullMarked
package io.laneway.xds.filter;

import org.jspecify.annotations.NullMarked;
