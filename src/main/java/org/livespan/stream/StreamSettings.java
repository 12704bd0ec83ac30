package org.livespan.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.db.DatabaseSettings;

/** The settings of streams. */
@ApplicationScoped
class StreamSettings {

    @Inject
    @ConfigProperty(name = "livespan.limits.clients", defaultValue = "10000")
    int clients;

    @Inject
    @ConfigProperty(name = "livespan.limits.clients-per-address", defaultValue = "0")
    int clientsPerAddress;

    @Inject
    @ConfigProperty(name = "livespan.limits.clients-per-user", defaultValue = "0")
    int clientsPerUser;

    @Inject
    @ConfigProperty(name = "livespan.stream.heartbeat", defaultValue = "PT15S")
    Duration heartbeat;

    @Inject
    @ConfigProperty(name = "livespan.stream.send-timeout", defaultValue = "PT30S")
    Duration sendTimeout;

    @Inject
    @ConfigProperty(name = "livespan.stream.retry", defaultValue = "PT2S")
    Duration retry;

    @Inject
    @ConfigProperty(name = "livespan.stream.max-age", defaultValue = "PT1H")
    Duration maxAge;

    @Inject
    @ConfigProperty(name = "livespan.stream.stop-timeout", defaultValue = "PT5S")
    Duration stopTimeout;

    @Inject
    @ConfigProperty(name = "livespan.stream.stale-after", defaultValue = "PT10S")
    Duration staleAfter;

    @Inject
    @ConfigProperty(name = "livespan.db.query-timeout", defaultValue = DatabaseSettings.DEFAULT_QUERY_TIMEOUT)
    Duration queryTimeout;

    int clients() {
        return clients;
    }

    SeatCounts seatCounts() {
        return new SeatCounts(clientsPerAddress, clientsPerUser);
    }

    Duration heartbeat() {
        return heartbeat;
    }

    Duration sendTimeout() {
        return sendTimeout;
    }

    /** How long a plain answer waits for its rows: for a refresh of held rows, for its turn, and for a query of its own. */
    Duration mostWait() {
        return queryTimeout.multipliedBy(3);
    }

    Duration staleAfter() {
        return staleAfter;
    }

    Duration stopTimeout() {
        return stopTimeout;
    }

    /** How long a client that lost its stream waits: between the setting and twice as long, so that not all come at once. */
    Duration retryWithJitter() {
        return retry.plus(upTo(retry));
    }

    Lifetime lifetime() {
        return Lifetime.of(maxAgeWithJitter(), null);
    }

    /**
     * The same for a caller whose authentication expires.
     *
     * @param until when it does, however far in the future
     * @param farewell the event that says so
     */
    Lifetime lifetime(Instant until, OutboundSseEvent farewell) {
        Duration age = maxAgeWithJitter();
        Duration left = Duration.between(Instant.now(), until);
        return left.compareTo(age) < 0 ? Lifetime.of(left, farewell) : Lifetime.of(age, null);
    }

    /** How long a stream lasts: between half of the setting and all of it, so that not all end at once. */
    private Duration maxAgeWithJitter() {
        Duration half = maxAge.dividedBy(2);
        return half.plus(upTo(half));
    }

    private static Duration upTo(Duration most) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most.toMillis() + 1));
    }
}
