/**
 * The contract of {@code sql/livespan.sql}, on a real PostgreSQL: what is said of which statement, and what is not.
 *
 * <p>Nothing of the application takes part: the statements go through JDBC, and a second connection listens.
 */
package org.livespan.sql;
