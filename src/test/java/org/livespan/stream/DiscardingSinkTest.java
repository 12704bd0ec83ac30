package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.livespan.live.OneRow;
import org.livespan.live.Results;

/** The client of the warm-up, which does not exist. */
class DiscardingSinkTest {

    private static final long LONG = TimeUnit.MINUTES.toNanos(1);

    private final StreamSettings settings = new StreamSettings();

    private ResultBroadcaster broadcaster() {
        settings.retry = Duration.ofSeconds(2);
        settings.heartbeat = Duration.ZERO;
        settings.sendTimeout = Duration.ofHours(1);
        settings.maxAge = Duration.ofHours(1);
        return new ResultBroadcaster(
                settings, Results.room(1 << 20), Runnable::run, reason -> StreamEvent.error(reason.getMessage()));
    }

    @ParameterizedTest
    @EnumSource(StreamMode.class)
    void its_events_are_made_to_the_last_byte_and_counted(StreamMode mode) throws Exception {
        var table = new OneRow("a");
        ResultBroadcaster broadcaster = broadcaster();
        table.open(broadcaster);
        var plain = new DiscardingSink(EventCoding.IDENTITY, mode);
        var gzip = new DiscardingSink(EventCoding.gzip(), mode);
        plain.join(broadcaster, settings.lifetime());
        gzip.join(broadcaster, settings.lifetime());
        for (String value : new String[] {"b", "c"}) {
            table.becomes(value);
            long begin = System.nanoTime();
            plain.awaitEvent(begin + LONG);
            gzip.awaitEvent(begin + LONG);
            assertThat(System.nanoTime() - begin).isLessThan(LONG);
        }
        broadcaster.close();
        assertThat(plain.isClosed()).isTrue();
        assertThat(gzip.isClosed()).isTrue();
    }

    @Test
    void who_waits_for_an_event_that_does_not_come_waits_until_the_end() throws Exception {
        var sink = new DiscardingSink(EventCoding.IDENTITY, StreamMode.RESULTS);
        assertThat(sink.isClosed()).isFalse();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        sink.awaitEvent(end);
        assertThat(System.nanoTime()).isGreaterThanOrEqualTo(end);
    }
}
