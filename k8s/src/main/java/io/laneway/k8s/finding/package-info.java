/** What is wrong in a cluster, in words for its owners. */
@NullMarked
package io.laneway.k8s.finding;

import org.jspecify.annotations.NullMarked;
