/**
 * The way to endpoints that joined a lane from machines that gateways cannot reach: a connection to the control API that
 * is handed on. Addresses of the table and the control API's address come in, connections that reach the machine go out.
 * It may use runtime alone.
 */
@NullMarked
package io.laneway.gateway.upstream.join;

import org.jspecify.annotations.NullMarked;
