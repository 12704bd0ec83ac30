package org.livespan.ops;

/** The audit of this server in figures, for whatever reads JMX. */
public interface AuditMXBean {

    /**
     * How long ago that row was compared with the database, of all that are held, that has waited longest, in seconds: no
     * difference stays longer than this, whatever made it. What a change has touched is read anyway, and counts as compared; if
     * that takes long, its streams are stale.
     */
    double getAgeSeconds();

    /** {@code livespan.audit.interval} in seconds; 0 if nothing is compared. */
    double getIntervalSeconds();

    /** How often rows were found different although no change had told of it, since the start. */
    long getUnheardDifferences();
}
