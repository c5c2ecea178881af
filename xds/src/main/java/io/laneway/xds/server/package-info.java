/**
 * The gRPC server: aggregated discovery on a port of its own, with the control API's certificates and tokens. Uses stream.
 */
@NullMarked
package io.laneway.xds.server;

import org.jspecify.annotations.NullMarked;
