/** The proxy-pod pattern: a base Service that points at the gateway, beside one that points at the base pods. */
@NullMarked
package io.laneway.k8s.proxied;

import org.jspecify.annotations.NullMarked;
