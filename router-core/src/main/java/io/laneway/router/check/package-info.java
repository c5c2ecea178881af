/**
 * What must hold in a lane table beyond the form of its parts: names are unique and lead somewhere, shares and slots fit,
 * hosts have one owner. Every problem is reported at once, with its path.
 */
@NullMarked
package io.laneway.router.check;

import org.jspecify.annotations.NullMarked;
