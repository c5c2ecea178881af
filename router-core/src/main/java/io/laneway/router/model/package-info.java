/** What was configured: the lane table as immutable records that check themselves. They hold no reference to what runs. */
@NullMarked
package io.laneway.router.model;

import org.jspecify.annotations.NullMarked;
