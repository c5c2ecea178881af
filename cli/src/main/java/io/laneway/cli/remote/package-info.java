/** The control API as the command line sees it: calls, responses, and how they are shown. */
@NullMarked
package io.laneway.cli.remote;

import org.jspecify.annotations.NullMarked;
