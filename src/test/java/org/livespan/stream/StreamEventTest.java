package org.livespan.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.livespan.live.Result;

/** Events as Jakarta REST sees them. */
class StreamEventTest {

    @Test
    void a_result_is_rendered_once_and_not_copied() {
        byte[] json = "[]".getBytes(UTF_8);
        StreamEvent event = StreamEvent.of(new Result("digest", json));
        assertThat(event.getData()).isSameAs(json);
        assertThat(event.frame()).isSameAs(event.frame());
        assertThat(event.getId()).isEqualTo("digest");
        assertThat(event.getName()).isNull();
        assertThat(event.getComment()).isNull();
        assertThat(event.isReconnectDelaySet()).isFalse();
        assertThat(event.getMediaType()).isEqualTo(MediaType.APPLICATION_JSON_TYPE);
        assertThat(event.getType()).isEqualTo(byte[].class);
        assertThat(event.getGenericType()).isEqualTo(byte[].class);
    }

    @Test
    void only_the_opening_sets_the_delay_before_coming_back() {
        assertThat(StreamEvent.opening(Duration.ofSeconds(3)).getReconnectDelay())
                .isEqualTo(3_000);
        assertThat(StreamEvent.opening(Duration.ZERO).isReconnectDelaySet()).isTrue();
        assertThat(StreamEvent.HEARTBEAT.isReconnectDelaySet()).isFalse();
        assertThat(StreamEvent.error("{}").isReconnectDelaySet()).isFalse();
    }

    @Test
    void the_delay_is_between_once_and_twice_the_setting_and_not_the_same_for_all() {
        var settings = new StreamSettings();
        settings.retry = Duration.ofSeconds(2);
        var delays = new HashSet<Duration>();
        for (int client = 0; client < 100; client++) {
            Duration delay = settings.retryWithJitter();
            assertThat(delay).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
            delays.add(delay);
        }
        assertThat(delays).hasSizeGreaterThan(10);
    }
}
