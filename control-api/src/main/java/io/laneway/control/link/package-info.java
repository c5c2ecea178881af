/**
 * Signed links into lanes: the private keys in the store, and what keeps the public ones of lanes out of any hand but theirs.
 * Uses the store and the objects of the table.
 */
@NullMarked
package io.laneway.control.link;

import org.jspecify.annotations.NullMarked;
