/**
 * What the control API keeps: the table as rows, its history, and what stands beside it, in SQLite or PostgreSQL. It
 * knows bodies as text only; what they mean is the business of those who write them.
 */
@NullMarked
package io.laneway.control.store;

import org.jspecify.annotations.NullMarked;
