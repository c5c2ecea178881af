/**
 * Kubernetes as a source: what is deployed becomes an overlay on the lane table. The entry points that other modules
 * wire; every subpackage is one concern of the cluster.
 */
@NullMarked
package io.laneway.k8s;

import org.jspecify.annotations.NullMarked;
