package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A query parameter may be given only once, with a valid value. */
class ParameterTest {

    private final MultivaluedHashMap<String, String> query = new MultivaluedHashMap<>();

    @Test
    void a_parameter_that_was_not_given_is_empty() {
        assertThat(Parameter.of(query, "limit", Integer::valueOf)).isEmpty();
        query.put("limit", List.of());
        assertThat(Parameter.of(query, "limit", Integer::valueOf)).isEmpty();
    }

    @Test
    void a_parameter_given_once_is_read() {
        query.add("limit", "7");
        assertThat(Parameter.of(query, "limit", Integer::valueOf)).contains(7);
    }

    @Test
    void a_parameter_given_more_than_once_is_refused_even_with_equal_values() {
        query.addAll("limit", "7", "7");
        refused("limit is given 2 times. Give it only once.");
        query.addAll("limit", "7", "7", "7", "7", "7", "7", "7", "7");
        refused("limit is given 10 times. Give it only once.");
    }

    @Test
    void a_parameter_without_a_value_is_refused() {
        for (String nothing : List.of("", " ", "\t")) {
            query.putSingle("limit", nothing);
            refused("limit has no value. Give it one, or omit it.");
        }
    }

    @Test
    void an_invalid_value_is_refused_with_the_message_of_its_parser() {
        query.add("limit", "seven");
        refused("limit: For input string: \"seven\"");
    }

    @Test
    void a_flag_is_on_if_true_and_off_if_false_or_missing() {
        assertThat(Parameter.isTrue(query, "timing")).isFalse();
        query.add("timing", "false");
        assertThat(Parameter.isTrue(query, "timing")).isFalse();
        query.putSingle("timing", "true");
        assertThat(Parameter.isTrue(query, "timing")).isTrue();
    }

    @Test
    void any_other_value_of_a_flag_is_refused_with_the_valid_ones() {
        for (String word : List.of("1", "TRUE", "yes")) {
            query.putSingle("timing", word);
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> Parameter.isTrue(query, "timing"))
                    .withMessage("timing: '" + word + "' is neither true nor false.");
        }
    }

    private void refused(String detail) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Parameter.of(query, "limit", Integer::valueOf))
                .satisfies(problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_PARAMETER);
                    assertThat(problem.detail()).isEqualTo(detail);
                });
    }
}
