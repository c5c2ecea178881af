/** The certificates that this process shows, which are renewed while it runs. Uses nothing of the control API's data. */
@NullMarked
package io.laneway.control.certificate;

import org.jspecify.annotations.NullMarked;
