/**
 * nginx's configuration, as people write it to choose an upstream by header, parameter or cookie: {@code map} and
 * {@code split_clients} behind {@code proxy_pass}. Uses {@code imports.table} and {@code imports.source}.
 */
@NullMarked
package io.laneway.k8s.imports.nginx;

import org.jspecify.annotations.NullMarked;
