/** Signed links into lanes: their text, what signs them and what verifies that. Uses nothing of a table. */
@NullMarked
package io.laneway.router.link;

import org.jspecify.annotations.NullMarked;
