package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was sent is named, whatever its length. */
class QuotedTest {

    @Test
    void a_text_stands_in_quotes() {
        assertThat(Quoted.of("")).isEqualTo("''");
        assertThat(Quoted.of("yesterday")).isEqualTo("'yesterday'");
        assertThat(Quoted.of("x".repeat(100))).isEqualTo("'" + "x".repeat(100) + "'");
    }

    @Test
    void a_long_one_is_cut_short_between_two_characters() {
        assertThat(Quoted.of("\uD83D\uDE00".repeat(101)))
                .isEqualTo("'" + "\uD83D\uDE00".repeat(100) + "…' (101 characters)");
    }
}
