/** Passive ejection: endpoints whose answers are bad are left out for a while. */
@NullMarked
package io.laneway.gateway.eject;

import org.jspecify.annotations.NullMarked;
