/**
 * Where a request carries its lane and its tenant, and how these are read from the bytes on the wire. Readers for one
 * more kind of carrier come in; what a carrier's value means does not. Uses text and the table's model.
 */
@NullMarked
package io.laneway.router.carrier;

import org.jspecify.annotations.NullMarked;
