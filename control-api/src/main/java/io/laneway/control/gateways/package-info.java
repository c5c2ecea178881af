/** The gateways that are known: which table each has applied, and what it measured. */
@NullMarked
package io.laneway.control.gateways;

import org.jspecify.annotations.NullMarked;
