/**
 * The HTTP side of the API, the same for every resource: routes, who the client is, limits, headers and the query of a
 * call. Requests come in from {@code ControlServer} and leave as a {@link io.laneway.control.http.Call} to the resource
 * whose route it is. Uses {@code auth}, and {@code http.message} for bodies and replies.
 */
@NullMarked
package io.laneway.control.http;

import org.jspecify.annotations.NullMarked;
