/** What a gateway opens at its start, and closes at its end or where the start fails. */
@NullMarked
package io.laneway.gateway.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
