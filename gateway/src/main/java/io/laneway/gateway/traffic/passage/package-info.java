/**
 * Connections that are passed on as they are, by the server name that their TLS asks for (docs/reference/table.md, matches). A
 * connection of which the first bytes are known comes in; where it goes is the table's. Uses upstream's tunnels.
 */
@NullMarked
package io.laneway.gateway.traffic.passage;

import org.jspecify.annotations.NullMarked;
