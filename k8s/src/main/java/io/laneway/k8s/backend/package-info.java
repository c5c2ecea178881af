/** How gateways speak TLS to Services, as BackendTLSPolicies of the Gateway API say. */
@NullMarked
package io.laneway.k8s.backend;

import org.jspecify.annotations.NullMarked;
