package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers and addresses every server can parse, and which at least one of them cannot. */
class RequestSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/event-stream",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "application/json;charset=utf-8",
                "application/json ; a=\"b c\" ;q=1.000 , text/plain;",
                ",text/plain,,"
            })
    void accept_headers_that_clients_send_are_valid(String value) {
        assertThat(RequestSyntax.isAccept(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "*/",
                "/",
                "/;;",
                "text/html;q=x",
                "text/html;q=",
                "text/html;q=2",
                "text/html;a",
                "a b/c",
                "a/b c/d",
                "a/b;c=\"d,e\""
            })
    void an_accept_header_that_some_server_cannot_parse_is_invalid(String value) {
        assertThat(RequestSyntax.isAccept(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "de_DE", "en, *;q=0"})
    void accept_language_headers_that_browsers_send_are_valid(String value) {
        assertThat(RequestSyntax.isLanguages(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {";;q", "en;q=x", "e n", "en;q=\""})
    void an_accept_language_header_that_some_server_cannot_parse_is_invalid(String value) {
        assertThat(RequestSyntax.isLanguages(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "text/plain; charset=\"utf-8\"", "multipart/form-data;boundary=x"})
    void a_content_type_that_is_empty_or_one_media_type_is_valid(String value) {
        assertThat(RequestSyntax.isContentType(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/;;", "text/plain, text/html", "text/plain; charset"})
    void a_content_type_that_is_not_one_media_type_is_invalid(String value) {
        assertThat(RequestSyntax.isContentType(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/feeds/a%2Fb", "startDate=2026-11-01T08:00:00%2b01:00&x=%ED%95%9C", "100 ä"})
    void a_correctly_encoded_path_or_query_is_valid(String text) {
        assertThat(RequestSyntax.isEncoded(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%2", "%ff", "%ED%95", "%C0%80", "%ED%A0%80", "%-1"})
    void malformed_percent_codes_and_bytes_that_are_not_utf_8_are_invalid(String text) {
        assertThat(RequestSyntax.isEncoded(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b;", "a/b;c=\"", "a/b,", ";q=", "*", "a/b;c=\"\\", "\\\"", ";c=d", ",a/b;c=\"d\""})
    void a_long_header_is_accepted_or_refused_without_overflowing_the_stack(String piece) {
        for (int length : new int[] {4_000, 70_000}) {
            String text = "a/b;c=\"" + piece.repeat(length / piece.length()) + "\u0000";
            assertThat(RequestSyntax.isAccept(text)).isFalse();
            assertThat(RequestSyntax.isLanguages(text)).isFalse();
            assertThat(RequestSyntax.isContentType(text)).isFalse();
        }
        assertThat(RequestSyntax.isAccept("a/b;c=\"" + "d".repeat(3_990) + "\""))
                .isTrue();
    }
}
