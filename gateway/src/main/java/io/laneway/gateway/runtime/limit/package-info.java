/** Bounds on what a service is asked to bear: requests at a time, requests in a time. */
@NullMarked
package io.laneway.gateway.runtime.limit;

import org.jspecify.annotations.NullMarked;
