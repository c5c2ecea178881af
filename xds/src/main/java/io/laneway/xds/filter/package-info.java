/**
 * Parts of a policy that an Envoy does by HTTP filters: what its listener has of them, and what virtual hosts and routes say to
 * them. Uses words.
 */
@NullMarked
package io.laneway.xds.filter;

import org.jspecify.annotations.NullMarked;
