package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting that binds rows to claims. */
class ClaimBindingTest {

    @Test
    void columns_are_written_as_in_sql_and_claims_as_they_are() {
        assertThat(ClaimBinding.parse(" Customer = claim: tenant ,\"Odd Name\"=claim:https://a.example/x=y")
                        .orElseThrow())
                .containsExactly(
                        new ClaimBinding("customer", "tenant"), new ClaimBinding("Odd Name", "https://a.example/x=y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "customer",
                "customer=",
                "customer=tenant",
                "customer=claim:",
                "=claim:a",
                "customer=claim:a,",
                "a b=claim:c",
                "customer=Claim:a",
                "a,b=claim:c"
            })
    void anything_else_is_not_understood(String text) {
        assertThat(ClaimBinding.parse(text)).isEmpty();
    }
}
