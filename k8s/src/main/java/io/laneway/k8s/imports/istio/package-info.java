/**
 * Istio's VirtualServices, DestinationRules and Gateways as rules. Uses {@code imports.table}, {@code imports.source} and
 * of {@code imports.envoy} the words that Istio has from it.
 */
@NullMarked
package io.laneway.k8s.imports.istio;

import org.jspecify.annotations.NullMarked;
