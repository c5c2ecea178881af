/**
 * What is beside this process: discovery on the way in, publishers on the way out. Both are interfaces of the core that other
 * modules implement. Uses {@code edit} for what was found, and {@code store} for what is to be published.
 */
@NullMarked
package io.laneway.control.sources;

import org.jspecify.annotations.NullMarked;
