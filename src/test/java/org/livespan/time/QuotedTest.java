package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Input is quoted in messages, whatever its length. */
class QuotedTest {

    @Test
    void a_text_is_put_in_quotes() {
        assertThat(Quoted.of("")).isEqualTo("''");
        assertThat(Quoted.of("yesterday")).isEqualTo("'yesterday'");
        assertThat(Quoted.of("x".repeat(100))).isEqualTo("'" + "x".repeat(100) + "'");
    }

    @Test
    void a_long_text_is_cut_between_two_characters_and_followed_by_its_length() {
        assertThat(Quoted.of("\uD83D\uDE00".repeat(101)))
                .isEqualTo("'" + "\uD83D\uDE00".repeat(100) + "…' (101 characters)");
    }
}
