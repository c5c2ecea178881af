/** Commands about requests that happened: the story of one, and all of them as they finish. */
@NullMarked
package io.laneway.cli.requests;

import org.jspecify.annotations.NullMarked;
