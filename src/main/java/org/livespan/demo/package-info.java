/**
 * The sample: a feed of orders and somebody who orders, only where {@code livespan.demo} is true. What is here is also
 * the example of how to publish an entity of one's own.
 */
package org.livespan.demo;
