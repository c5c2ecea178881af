/**
 * How the table changes: one edit at a time, checked whole, written with its row of history, then published. An
 * {@link io.laneway.control.edit.EditCall} comes in through {@link io.laneway.control.edit.Editor}, and an
 * {@link io.laneway.control.edit.EditResult} goes out once it is durable. Uses {@code check}, {@code table} and
 * {@code store}; does not know who asks.
 */
@NullMarked
package io.laneway.control.edit;

import org.jspecify.annotations.NullMarked;
