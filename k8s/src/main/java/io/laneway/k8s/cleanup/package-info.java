/** What becomes of an expired lane's workloads: nothing unless asked for. */
@NullMarked
package io.laneway.k8s.cleanup;

import org.jspecify.annotations.NullMarked;
