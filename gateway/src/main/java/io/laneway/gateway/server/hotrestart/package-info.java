/** Handing a gateway's listening sockets to the process that replaces it, over a Unix domain socket. */
@NullMarked
package io.laneway.gateway.server.hotrestart;

import org.jspecify.annotations.NullMarked;
