/** How tenants are spread over gray environments: slots, shares, and the moves between them. */
@NullMarked
package io.laneway.router.shift;

import org.jspecify.annotations.NullMarked;
