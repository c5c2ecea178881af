/**
 * Turns hand-written Envoy route configuration into a lane table, and lists with their lines the rules that a lane
 * table cannot express.
 */
@NullMarked
package io.laneway.k8s.envoy;

import org.jspecify.annotations.NullMarked;
