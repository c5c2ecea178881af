/** Message lanes on brokers, as the console shows them. */
@NullMarked
package io.laneway.control.broker;

import org.jspecify.annotations.NullMarked;
