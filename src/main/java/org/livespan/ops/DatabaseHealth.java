package org.livespan.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.livespan.monitor.TableMonitor;

/** Ready while the feeds can be read through the data source. Does no I/O: the result of the last check counts. */
@Readiness
@ApplicationScoped
public class DatabaseHealth implements HealthCheck {

    @Inject
    TableMonitor database;

    @Override
    public HealthCheckResponse call() {
        return Answers.of("database", database.connectivity()).build();
    }
}
