package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often all that is held is to be compared with the database, whether or not anything was heard. */
@ApplicationScoped
public class AuditInterval {

    @Inject
    @ConfigProperty(name = "livespan.audit.interval", defaultValue = "PT5M")
    Duration interval;

    /** The time from one comparison of a row to the next, at most. */
    public Duration duration() {
        return interval;
    }

    /** Whether nothing is ever compared. */
    public boolean isOff() {
        return interval.isZero() || interval.isNegative();
    }

    /** As the setting has it, for people. */
    @Override
    public String toString() {
        return "livespan.audit.interval=" + interval;
    }
}
