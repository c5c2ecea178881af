/** When the gateway as a whole has too much to do, and what it then refuses so that it stays alive. */
@NullMarked
package io.laneway.gateway.traffic.overload;

import org.jspecify.annotations.NullMarked;
