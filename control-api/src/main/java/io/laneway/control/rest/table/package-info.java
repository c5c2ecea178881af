/**
 * The resources that show and change what the table holds, one file each, and what their changes have in common. Calls come
 * in from {@code http}; each change is one {@link io.laneway.control.edit.EditCall}. Uses {@code edit}, {@code lane},
 * {@code plan} and {@code shift}; never the store, but for its history.
 */
@NullMarked
package io.laneway.control.rest.table;

import org.jspecify.annotations.NullMarked;
