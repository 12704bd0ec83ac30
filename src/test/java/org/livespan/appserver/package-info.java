/**
 * The application servers for the tests, the demo and the benchmark, each set up as {@code server-config} says and started
 * in a process of its own. {@code livespan.test.server} names the one that the tests run on.
 */
package org.livespan.appserver;
