/**
 * From a request to a service: exact hosts, host patterns, names, and routes by path and conditions. Indexes compiled
 * from the table's routes and hosts come in; nothing here knows lanes or endpoints. Uses the model and the view of a
 * request; {@link io.laneway.router.route.RouteMap} and {@link io.laneway.router.route.ServiceHosts} are the entrances.
 */
@NullMarked
package io.laneway.router.route;

import org.jspecify.annotations.NullMarked;
