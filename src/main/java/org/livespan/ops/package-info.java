/**
 * Whether it is well: what this node says of itself to whoever runs it. Comes in: what JMX asks. It may look into every
 * other room; none knows it.
 */
package org.livespan.ops;
