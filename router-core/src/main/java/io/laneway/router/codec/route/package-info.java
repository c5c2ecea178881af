/**
 * The form of a route: its match, and what is done with its requests. A key of a route comes in; rules over several
 * objects belong into check. Uses the forms of a policy's headers and the model.
 */
@NullMarked
package io.laneway.router.codec.route;

import org.jspecify.annotations.NullMarked;
