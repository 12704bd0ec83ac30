package org.livespan.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How streams are kept. */
@ApplicationScoped
class StreamSettings {

    @Inject
    @ConfigProperty(name = "livespan.limits.clients", defaultValue = "10000")
    int clients;

    @Inject
    @ConfigProperty(name = "livespan.stream.heartbeat", defaultValue = "PT15S")
    Duration heartbeat;

    @Inject
    @ConfigProperty(name = "livespan.stream.send-timeout", defaultValue = "PT30S")
    Duration sendTimeout;

    @Inject
    @ConfigProperty(name = "livespan.stream.retry", defaultValue = "PT2S")
    Duration retry;

    int clients() {
        return clients;
    }

    Duration heartbeat() {
        return heartbeat;
    }

    Duration sendTimeout() {
        return sendTimeout;
    }

    /** How long a client that lost its stream waits: between once and twice the setting, so that not all come at once. */
    Duration retryWithJitter() {
        return retry.plusMillis(ThreadLocalRandom.current().nextLong(retry.toMillis() + 1));
    }
}
