/**
 * Typed keys of a mapping: read with their defaults and ranges, written unless they have their default. A type of value
 * comes in that more than one document has; the keys of a certain document belong to that document. Uses {@code
 * document.tree}, units and JSON's generator; {@link io.laneway.router.document.fields.Fields} is the entrance.
 */
@NullMarked
package io.laneway.router.document.fields;

import org.jspecify.annotations.NullMarked;
