/** Sends requests by HTTP/1.1 and HTTP/2, over TLS or not. */
@NullMarked
package io.laneway.replay.http;

import org.jspecify.annotations.NullMarked;
