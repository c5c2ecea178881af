/**
 * The durable side: objects, their history, what was published, and what is kept beside. Rows come in with a
 * {@link io.laneway.control.store.Rows.Commit}, whole or not at all. Uses {@code store.database}; knows no table.
 */
@NullMarked
package io.laneway.control.store;

import org.jspecify.annotations.NullMarked;
