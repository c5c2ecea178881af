/** How one of several endpoints is chosen: by weight, by turn, by a hash on a ring, and less often while it is new. */
@NullMarked
package io.laneway.gateway.upstream.balance;

import org.jspecify.annotations.NullMarked;
