/**
 * Finds deployments in what a cluster runs: a pure mapping from Services and EndpointSlices to an overlay, and the
 * watch that keeps it up to date.
 */
@NullMarked
package io.laneway.k8s.discovery;

import org.jspecify.annotations.NullMarked;
