/** From a request to a service: exact hosts, host patterns, names, and routes by path and what else a request is like. */
@NullMarked
package io.laneway.router.route;

import org.jspecify.annotations.NullMarked;
