/**
 * What this node reports about itself to its operator. In: MicroProfile Health's requests at {@code /health/ready} and
 * {@code /health/live}, and JMX. It may use every other package; none knows it.
 */
package org.livespan.ops;
