/** What is seen of the requests that passed: counters, durations, the access log. Next to free on the request path. */
@NullMarked
package io.laneway.gateway.runtime.record;

import org.jspecify.annotations.NullMarked;
