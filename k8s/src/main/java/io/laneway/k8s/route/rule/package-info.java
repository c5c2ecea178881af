/** The rules of HTTPRoutes and GRPCRoutes, read as routes of the table. */
@NullMarked
package io.laneway.k8s.route.rule;

import org.jspecify.annotations.NullMarked;
