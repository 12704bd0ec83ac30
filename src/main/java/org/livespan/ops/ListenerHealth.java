package org.livespan.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.livespan.change.Hearing;

/** Ready while every change is heard of. Asks nobody: the listener's own probe keeps it true. */
@Readiness
@ApplicationScoped
public class ListenerHealth implements HealthCheck {

    @Inject
    Hearing hearing;

    @Override
    public HealthCheckResponse call() {
        return Answers.of("listener", hearing.connectivity())
                .withData("notificationQueue", Double.toString(hearing.queueUsage()))
                .build();
    }
}
