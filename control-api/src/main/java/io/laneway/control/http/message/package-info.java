/**
 * What goes over the wire of the API: bodies as they are read, replies as they are written, and the memory that both may
 * take. Requests come in from {@code http}; what a call means is not known here. Uses Vert.x and the failures that have a
 * status.
 */
@NullMarked
package io.laneway.control.http.message;

import org.jspecify.annotations.NullMarked;
