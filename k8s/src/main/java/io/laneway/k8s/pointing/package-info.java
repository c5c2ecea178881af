/** Where a proxied Service points, and where its own pods are. */
@NullMarked
package io.laneway.k8s.pointing;

import org.jspecify.annotations.NullMarked;
