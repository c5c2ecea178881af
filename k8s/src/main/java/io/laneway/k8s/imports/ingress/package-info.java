/**
 * Ingresses of ingress-nginx with their annotations as rules. Uses {@code imports.table} and {@code imports.source}.
 */
@NullMarked
package io.laneway.k8s.imports.ingress;

import org.jspecify.annotations.NullMarked;
