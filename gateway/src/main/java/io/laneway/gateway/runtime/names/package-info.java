/** Host names and their addresses: from the hosts file, else from DNS, as this system is set up. */
@NullMarked
package io.laneway.gateway.runtime.names;

import org.jspecify.annotations.NullMarked;
