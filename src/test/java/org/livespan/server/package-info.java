/**
 * The HTTP interface, sentence by sentence, on a real application server and a real PostgreSQL. A test is a client like any
 * other: it knows addresses, parameters and SQL, and nothing of how Livespan is implemented. Only {@code DeploymentIT} looks
 * inside.
 */
package org.livespan.server;
