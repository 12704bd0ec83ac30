package org.livespan.ops;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.livespan.change.Connectivity;

/** The answer of a health check: up or down, since when in UTC, and if down, why. */
final class Answers {

    private Answers() {}

    static HealthCheckResponseBuilder of(String name, Connectivity connectivity) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(name)
                .status(connectivity.up())
                .withData("since", connectivity.since().toString());
        return connectivity.up() ? answer : answer.withData("reason", connectivity.reason());
    }

    static HealthCheckResponse down(HealthCheckResponseBuilder answer, String reason) {
        return answer.down().withData("reason", reason).build();
    }
}
