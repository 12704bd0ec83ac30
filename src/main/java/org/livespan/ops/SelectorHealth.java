package org.livespan.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Live while all of the server's threads that wait for requests exist. */
@Liveness
@ApplicationScoped
public class SelectorHealth implements HealthCheck {

    private final Selectors selectors = new Selectors();

    @Override
    public HealthCheckResponse call() {
        Optional<String> missing = selectors.missing(threads(), System.nanoTime());
        var answer = HealthCheckResponse.named("selectors");
        return missing.isPresent()
                ? Answers.down(answer, "some of the server's I/O threads are missing: " + missing.get())
                : answer.up().build();
    }

    private static List<String> threads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .toList();
    }
}
