/**
 * What Livespan costs, measured under real conditions: {@code mvn -Pbench}. There are a PostgreSQL that logs every
 * statement, the server in a separate process, and many clients. Nothing here is a test: figures depend on the machine.
 */
package org.livespan.bench;
