/** The watch: every revision to every gateway, encoded once, each at its own pace. */
@NullMarked
package io.laneway.control.watch;

import org.jspecify.annotations.NullMarked;
