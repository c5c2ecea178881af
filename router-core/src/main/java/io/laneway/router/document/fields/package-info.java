/**
 * Typed keys of a mapping, read with their defaults and ranges. A type of value comes in that more than one document has;
 * the keys of a certain document belong to that document. Uses {@code document.tree} and units; {@link
 * io.laneway.router.document.fields.Fields} is the entrance.
 */
@NullMarked
package io.laneway.router.document.fields;

import org.jspecify.annotations.NullMarked;
