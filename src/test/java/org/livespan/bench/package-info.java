/**
 * What Livespan costs, measured on the real thing: {@code mvn -Pbench}. A PostgreSQL that logs every statement, the
 * server in a process of its own, and clients enough. Nothing here is a test: figures depend on the machine.
 */
package org.livespan.bench;
