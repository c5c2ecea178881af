/**
 * The watch: every revision to every gateway, encoded once, each at its own pace. Revisions come in from the editor, open
 * responses from {@code rest}. Uses Vert.x; knows no route and no rights.
 */
@NullMarked
package io.laneway.control.watch;

import org.jspecify.annotations.NullMarked;
