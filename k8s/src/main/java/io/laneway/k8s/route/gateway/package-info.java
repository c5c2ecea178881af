/** Our Gateways: which are ours, which routes their listeners take, and what is in their status. */
@NullMarked
package io.laneway.k8s.route.gateway;

import org.jspecify.annotations.NullMarked;
