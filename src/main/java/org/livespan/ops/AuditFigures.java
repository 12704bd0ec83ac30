package org.livespan.ops;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.livespan.feed.AuditInterval;
import org.livespan.live.LiveFeeds;

/** The audit's figures, as {@code org.livespan:type=Audit,application="livespan"}, with the name of the deployed application. */
@ApplicationScoped
public class AuditFigures implements AuditMXBean {

    private static final double MILLIS_A_SECOND = 1000;

    @Inject
    LiveFeeds feeds;

    @Inject
    AuditInterval interval;

    @Resource(lookup = "java:app/AppName")
    String application;

    private Registration registration;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        registration = Registration.of(this, "Audit", application);
    }

    @PreDestroy
    void stop() {
        if (registration != null) {
            registration.close();
        }
    }

    @Override
    public double getAgeSeconds() {
        return seconds(Registration.asApplication(feeds::auditAge));
    }

    @Override
    public double getIntervalSeconds() {
        return Registration.asApplication(() -> interval.isOff() ? 0 : seconds(interval.duration()));
    }

    @Override
    public long getUnheardDifferences() {
        return Registration.asApplication(feeds::unheardDifferences);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_A_SECOND;
    }
}
