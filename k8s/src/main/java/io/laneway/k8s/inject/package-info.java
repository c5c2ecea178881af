/** Puts the sidecar into pods that ask for it by label: a mutating admission webhook. */
@NullMarked
package io.laneway.k8s.inject;

import org.jspecify.annotations.NullMarked;
