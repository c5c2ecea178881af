/** Where a request carries its lane and its tenant, and how these are read from the bytes on the wire. */
@NullMarked
package io.laneway.router.carrier;

import org.jspecify.annotations.NullMarked;
