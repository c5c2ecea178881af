/** The resources of the control API, one file each: here those that watch, explain and run it. CONTRACT section 6. */
@NullMarked
package io.laneway.control.rest;

import org.jspecify.annotations.NullMarked;
