/** The one pure decision: which lane was asked for, which one serves, and why. */
@NullMarked
package io.laneway.router.decision;

import org.jspecify.annotations.NullMarked;
