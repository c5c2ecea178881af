/** Calls and answers over HTTP: what every resource shares, whatever it is about. CONTRACT section 6. */
@NullMarked
package io.laneway.control.http;

import org.jspecify.annotations.NullMarked;
