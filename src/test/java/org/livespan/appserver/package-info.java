/**
 * The application servers, each set up as {@code server-config} says and started in a process of its own, as the tests,
 * the demo and whoever measures need them. Which one the tests run on, {@code livespan.test.server} says.
 */
package org.livespan.appserver;
