package org.livespan.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.livespan.change.ListenerStatus;
import org.livespan.live.LiveFeeds;

/**
 * Live while the working threads make progress, whatever the database does. Each of their waits is bounded, so one that lasts
 * for minutes will never end, and only a restart helps.
 */
@Liveness
@ApplicationScoped
public class ThreadsHealth implements HealthCheck {

    /** Several times the longest wait, which is for a query or for connections to all hosts of the URL. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    @Inject
    ListenerStatus listener;

    @Inject
    LiveFeeds feeds;

    @Override
    public HealthCheckResponse call() {
        Duration stuck = listener.sinceLastRound();
        Duration refresh = feeds.sinceLastTurn();
        var answer = HealthCheckResponse.named("threads")
                .withData("listenerRoundSeconds", stuck.toSeconds())
                .withData("refreshTurnSeconds", refresh.toSeconds());
        if (stuck.compareTo(LONGEST) >= 0) {
            return Answers.down(answer, "the listener has been stuck for " + stuck.toSeconds() + " s");
        }
        return refresh.compareTo(LONGEST) >= 0
                ? Answers.down(answer, "the reading threads have been busy for " + refresh.toSeconds() + " s")
                : answer.up().build();
    }
}
