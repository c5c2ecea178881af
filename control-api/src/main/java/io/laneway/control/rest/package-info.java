/** The control API over HTTP: one file per resource, and what all calls share. CONTRACT section 6. */
@NullMarked
package io.laneway.control.rest;

import org.jspecify.annotations.NullMarked;
