package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which clients get compressed answers. */
class AcceptEncodingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP",
                "x-gzip",
                "gzip, deflate, br, zstd",
                "deflate,gzip;q=0.5",
                "br;q=1.0, gzip ; q=0.001",
                "*",
                "*;q=0.1",
                "identity;q=0.5, *;q=0.5",
                "identity;q=0, gzip",
                "gzip;q=1.",
                "identity;q=nonsense, gzip;q=0.1"
            })
    void gzip_is_used_if_it_is_accepted_and_nothing_plainer_is_preferred(String header) {
        assertThat(AcceptEncoding.of(List.of(header)).prefersGzip()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "br",
                "identity",
                "gzip;q=0",
                "gzip;q=0.000",
                "*, gzip;q=0",
                "*;q=0",
                "identity, gzip;q=0.9",
                "identity;q=0.6, *;q=0.5",
                "gzip;q=2",
                "gzip;q=-1",
                "gzip;q=0.1234",
                "gzip;level=9",
                "gzipped",
                ",;,=;q"
            })
    void gzip_is_not_used_otherwise(String header) {
        assertThat(AcceptEncoding.of(List.of(header)).prefersGzip()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "*"})
    void several_lines_are_one_list(String last) {
        assertThat(AcceptEncoding.of(List.of("br", last)).prefersGzip()).isTrue();
        assertThat(AcceptEncoding.of(List.of()).prefersGzip()).isFalse();
    }
}
