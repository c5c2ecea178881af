/** What the codec of HTTP/1.1 costs. In the codec's own package, so that nothing of it is public for a benchmark's sake. */
@NullMarked
package io.laneway.gateway.protocol.http1;

import org.jspecify.annotations.NullMarked;
