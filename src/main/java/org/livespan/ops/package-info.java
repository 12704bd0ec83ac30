/**
 * Whether it is well: what this node says of itself to whoever runs it. Comes in: MicroProfile Health's questions at
 * {@code /health/ready} and {@code /health/live}, and what JMX asks. It may look into every other room; none knows it.
 */
package org.livespan.ops;
