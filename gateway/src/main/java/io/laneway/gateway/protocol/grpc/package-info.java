/**
 * gRPC as far as a gateway has to know it: how a failed call is reported, how long a call may take, how many messages
 * pass. Calls themselves are passed on like any other request.
 */
@NullMarked
package io.laneway.gateway.protocol.grpc;

import org.jspecify.annotations.NullMarked;
