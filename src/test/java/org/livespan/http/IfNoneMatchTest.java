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
    void a_tag_matches_by_itself_in_a_list_as_a_weak_tag_or_by_an_asterisk(String header) {
        assertThat(new IfNoneMatch(List.of(header)).names(new EntityTag("a-1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"b\"", "\"\"", "a-1", "\"a-1", "\"A-1\"", "\"b, a-1\"", "\"*\"", "W/ b"})
    void other_tags_and_malformed_headers_do_not_match(String header) {
        assertThat(new IfNoneMatch(List.of(header)).names(new EntityTag("a-1"))).isFalse();
    }
}
