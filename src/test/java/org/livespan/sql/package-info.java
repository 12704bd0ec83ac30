/**
 * The contract of {@code sql/livespan.sql}, on a real PostgreSQL: which statement sends which notification, and which none.
 *
 * <p>The application takes no part: the statements go through JDBC, and a second connection listens.
 */
package org.livespan.sql;
