/** Text as it stands on the wire: slices of bytes, header names, slugs. No allocation on the request path. */
@NullMarked
package io.laneway.router.text;

import org.jspecify.annotations.NullMarked;
