/** Takes back what Laneway changed in a cluster, in the order in which nothing is lost. */
@NullMarked
package io.laneway.k8s.uninstall;

import org.jspecify.annotations.NullMarked;
