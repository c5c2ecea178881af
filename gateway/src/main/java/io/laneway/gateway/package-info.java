/** The gateway as a whole: a data plane, the table it goes by, what is seen of it, and who may look. */
@NullMarked
package io.laneway.gateway;

import org.jspecify.annotations.NullMarked;
