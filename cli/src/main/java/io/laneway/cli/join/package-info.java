/**
 * A machine that serves a lane of a service: connections that the control API asks for, each to the one port that was
 * named. It may use remote.
 */
@NullMarked
package io.laneway.cli.join;

import org.jspecify.annotations.NullMarked;
