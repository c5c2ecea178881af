/** The names of hosts by which Laneway's own interfaces are called: the control API, admin. No request of an application. */
@NullMarked
package io.laneway.router.hostname;

import org.jspecify.annotations.NullMarked;
