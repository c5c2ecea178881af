/** Reaches the API server: how to connect, and who among several replicas may act. */
@NullMarked
package io.laneway.k8s.client;

import org.jspecify.annotations.NullMarked;
