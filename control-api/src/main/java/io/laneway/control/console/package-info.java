/**
 * Serves the web pages of module {@code console}, where they are on the class path: read once at the start, compressed,
 * and sent from memory. Requests come in from {@code HttpApi}; nothing here knows the API.
 */
@NullMarked
package io.laneway.control.console;

import org.jspecify.annotations.NullMarked;
