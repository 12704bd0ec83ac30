package org.livespan.ops;

/** The figures of this node's audit, in JMX. */
public interface AuditMXBean {

    /**
     * How many seconds ago the held row that has waited longest was compared with the database: no difference lasts longer than
     * this, whatever caused it. Rows that a change has touched are read anyway and count as compared; if that takes long, their
     * streams are stale.
     */
    double getAgeSeconds();

    /** {@code livespan.audit.interval} in seconds; 0 if the audit is off. */
    double getIntervalSeconds();

    /** How often rows differed without a notification since the start. */
    long getUnheardDifferences();
}
