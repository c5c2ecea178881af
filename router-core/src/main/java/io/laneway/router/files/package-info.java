/** Files that only the user of this process may read. */
@NullMarked
package io.laneway.router.files;

import org.jspecify.annotations.NullMarked;
