/**
 * Faults, and what clients see of them: the tests stop, cut and kill a node, its database and the network between them.
 * They use the application over HTTP, as any client does, and otherwise see only its log and its JMX beans.
 */
package org.livespan.fault;
