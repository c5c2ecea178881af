/** What was configured: {@code laneway.yaml} as immutable records that check themselves, and its reader. */
@NullMarked
package io.laneway.gateway.runtime.config;

import org.jspecify.annotations.NullMarked;
