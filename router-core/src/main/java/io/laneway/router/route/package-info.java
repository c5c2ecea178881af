/** From host and path to a service: exact hosts, host patterns, names, and routes by path prefix. */
@NullMarked
package io.laneway.router.route;

import org.jspecify.annotations.NullMarked;
