package org.livespan.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What claims rows can be bound to. */
class ClaimTextsTest {

    @Test
    void a_text_a_number_a_boolean_or_a_list_of_these_can_be_compared() {
        assertThat(ClaimTexts.of("Ada")).hasValue(List.of("Ada"));
        assertThat(ClaimTexts.of("")).hasValue(List.of(""));
        assertThat(ClaimTexts.of(7L)).hasValue(List.of("7"));
        assertThat(ClaimTexts.of(1e20)).hasValue(List.of("100000000000000000000"));
        assertThat(ClaimTexts.of(new BigDecimal("0.10"))).hasValue(List.of("0.10"));
        assertThat(ClaimTexts.of(true)).hasValue(List.of("true"));
        assertThat(ClaimTexts.of(List.of("Ada", 7, "Ada"))).hasValue(List.of("Ada", "7"));
        assertThat(ClaimTexts.of(List.of())).hasValue(List.of());
    }

    @Test
    void nothing_else_can() {
        assertThat(ClaimTexts.of(Map.of("a", 1))).isEmpty();
        assertThat(ClaimTexts.of(List.of("Ada", List.of("Bob")))).isEmpty();
        assertThat(ClaimTexts.of(Arrays.asList("Ada", null))).isEmpty();
        assertThat(ClaimTexts.of(Double.POSITIVE_INFINITY)).isEmpty();
        assertThat(ClaimTexts.of(new BigDecimal("1e999999999"))).isEmpty();
        assertThat(ClaimTexts.of(new BigDecimal("1e-999999999"))).isEmpty();
        assertThat(ClaimTexts.of(Collections.nCopies(2, Map.of()))).isEmpty();
    }
}
