/** IP addresses as numbers, networks in CIDR notation, and sets of them. */
@NullMarked
package io.laneway.gateway.runtime.network;

import org.jspecify.annotations.NullMarked;
