/**
 * Envoy's configuration as rules: bootstraps, discovery responses, config dumps and single resources. Uses
 * {@code imports.table} and {@code imports.source}.
 */
@NullMarked
package io.laneway.k8s.imports.envoy;

import org.jspecify.annotations.NullMarked;
