/** What was compiled: the immutable table that a request reads once and keeps, and its cheap changes. */
@NullMarked
package io.laneway.router.table;

import org.jspecify.annotations.NullMarked;
