/** The certificates that Gateways name, as files for a gateway beside. */
@NullMarked
package io.laneway.k8s.certificate;

import org.jspecify.annotations.NullMarked;
