/**
 * The two databases under the store, SQLite and PostgreSQL: connections, transactions, failures, migration. Work on a
 * connection comes in as {@link io.laneway.control.store.database.SqlWork}; what the rows mean is not known here. Uses JDBC
 * and Flyway.
 */
@NullMarked
package io.laneway.control.store.database;

import org.jspecify.annotations.NullMarked;
