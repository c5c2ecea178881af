/**
 * Text as it stands on the wire: slices of bytes, header names, slugs, and maps keyed by bytes. What the request
 * path needs without allocation comes in. Uses the JDK alone.
 */
@NullMarked
package io.laneway.router.text;

import org.jspecify.annotations.NullMarked;
