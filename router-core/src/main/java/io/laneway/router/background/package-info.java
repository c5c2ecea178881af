/**
 * What every module needs to do something beside requests: its threads, and its pauses between attempts. A thing comes in
 * that more than one module has. Uses the JDK alone.
 */
@NullMarked
package io.laneway.router.background;

import org.jspecify.annotations.NullMarked;
