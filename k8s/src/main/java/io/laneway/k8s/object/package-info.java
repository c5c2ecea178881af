/** What is read out of any object of a cluster: metadata, our annotations, the protocol of a port. */
@NullMarked
package io.laneway.k8s.object;

import org.jspecify.annotations.NullMarked;
