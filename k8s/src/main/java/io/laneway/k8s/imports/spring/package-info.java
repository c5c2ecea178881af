/**
 * Spring Cloud Gateway's routes as rules. Uses {@code imports.table} and {@code imports.source}.
 */
@NullMarked
package io.laneway.k8s.imports.spring;

import org.jspecify.annotations.NullMarked;
