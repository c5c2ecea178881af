/** The watch of Services and EndpointSlices, and how bursts of changes become one run. */
@NullMarked
package io.laneway.k8s.watch;

import org.jspecify.annotations.NullMarked;
