/** Calls and answers over HTTP: what every resource shares, whatever it is about. docs/reference/control-api.md. */
@NullMarked
package io.laneway.control.http;

import org.jspecify.annotations.NullMarked;
