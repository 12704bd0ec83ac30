package org.livespan.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** No longer ready once the application is being stopped, so that load balancers choose another node. */
@Readiness
@ApplicationScoped
public class StoppingHealth implements HealthCheck {

    private volatile boolean stopping;

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object end) {
        stopping = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("running").status(!stopping).build();
    }
}
