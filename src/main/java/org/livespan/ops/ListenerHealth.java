package org.livespan.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.livespan.change.ListenerStatus;

/** Ready while notifications arrive. Does no I/O: the listener's own probe keeps this current. */
@Readiness
@ApplicationScoped
public class ListenerHealth implements HealthCheck {

    @Inject
    ListenerStatus listener;

    @Override
    public HealthCheckResponse call() {
        return Answers.of("listener", listener.connectivity())
                .withData("source", listener.source())
                .withData(
                        "notificationQueue", Double.toString(listener.backlog().queueUsage()))
                .withData("lagBytes", listener.backlog().logBytes())
                .build();
    }
}
