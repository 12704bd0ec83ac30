package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mode=changes}, and nothing else. */
class StreamModeTest {

    @Test
    void changes_is_the_only_mode_with_a_name() {
        assertThat(StreamMode.parse("changes")).isEqualTo(StreamMode.CHANGES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "results", "Changes", "change", " changes"})
    void any_other_mode_is_refused_with_the_valid_one(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamMode.parse(name))
                .withMessageContaining("'" + name + "'")
                .withMessageContaining("changes");
    }

    @Test
    void each_mode_has_its_backlog() {
        assertThat(StreamMode.RESULTS.backlog(null)).isInstanceOf(NewestResult.class);
        assertThat(StreamMode.CHANGES.backlog(null)).isInstanceOf(ChangesBehind.class);
        assertThat(StreamMode.POSITIONED_CHANGES.backlog(null)).isInstanceOf(ChangesBehind.class);
    }

    @Test
    void only_changes_have_positions() {
        assertThat(StreamMode.CHANGES.positioned()).isEqualTo(StreamMode.POSITIONED_CHANGES);
        assertThat(StreamMode.RESULTS.positioned()).isEqualTo(StreamMode.RESULTS);
    }
}
