/** Says what is wrong in the cluster where its owners look: as events on the objects. */
@NullMarked
package io.laneway.k8s.lint;

import org.jspecify.annotations.NullMarked;
