/** Verbs that every kind of object has: list, get, apply, delete, and those of one kind alone. */
@NullMarked
package io.laneway.cli.objects;

import org.jspecify.annotations.NullMarked;
