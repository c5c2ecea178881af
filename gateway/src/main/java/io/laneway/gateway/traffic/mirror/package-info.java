/** Copies of requests that go into another lane beside the request itself, whose responses are dropped. */
@NullMarked
package io.laneway.gateway.traffic.mirror;

import org.jspecify.annotations.NullMarked;
