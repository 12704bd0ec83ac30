package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often all held rows are compared with the database, whether or not there were notifications. */
@ApplicationScoped
public class AuditInterval {

    @Inject
    @ConfigProperty(name = "livespan.audit.interval", defaultValue = "PT5M")
    Duration interval;

    /** The longest time between two comparisons of a row. */
    public Duration duration() {
        return interval;
    }

    /** Whether nothing is ever compared. */
    public boolean isOff() {
        return interval.isZero() || interval.isNegative();
    }

    /** As in the setting, for people to read. */
    @Override
    public String toString() {
        return "livespan.audit.interval=" + interval;
    }
}
