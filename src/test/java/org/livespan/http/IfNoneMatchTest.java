package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.EntityTag;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfNoneMatchTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"\"a-1\"", "W/\"a-1\"", "*", "\"b\", \"a-1\"", "W/\"b\",W/\"a-1\" ,\"c\"", "\"b,\",\"a-1\""})
    void a_tag_is_named_alone_or_among_others(String header) {
        assertThat(new IfNoneMatch(List.of(header)).names(new EntityTag("a-1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"b\"", "\"\"", "a-1", "\"a-1", "\"A-1\"", "\"b, a-1\"", "\"*\"", "W/ b"})
    void another_is_not(String header) {
        assertThat(new IfNoneMatch(List.of(header)).names(new EntityTag("a-1"))).isFalse();
    }
}
