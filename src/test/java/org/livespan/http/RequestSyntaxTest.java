package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every server can read of a request, and what one of them cannot. */
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
    void what_clients_write_as_accept_is_read(String value) {
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
    void an_accept_that_some_server_cannot_read_is_none(String value) {
        assertThat(RequestSyntax.isAccept(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "de_DE", "en, *;q=0"})
    void what_browsers_write_as_languages_is_read(String value) {
        assertThat(RequestSyntax.isLanguages(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {";;q", "en;q=x", "e n", "en;q=\""})
    void languages_that_some_server_cannot_read_are_none(String value) {
        assertThat(RequestSyntax.isLanguages(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "text/plain; charset=\"utf-8\"", "multipart/form-data;boundary=x"})
    void a_media_type_is_read(String value) {
        assertThat(RequestSyntax.isContentType(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/;;", "text/plain, text/html", "text/plain; charset"})
    void what_is_no_media_type_is_none(String value) {
        assertThat(RequestSyntax.isContentType(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/feeds/a%2Fb", "startDate=2026-11-01T08:00:00%2b01:00&x=%ED%95%9C", "100 ä"})
    void an_address_that_is_encoded_right_is_read(String text) {
        assertThat(RequestSyntax.isEncoded(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%2", "%ff", "%ED%95", "%C0%80", "%ED%A0%80", "%-1"})
    void half_a_code_and_what_is_no_utf_8_are_not(String text) {
        assertThat(RequestSyntax.isEncoded(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b;", "a/b;c=\"", "a/b,", ";q=", "*", "a/b;c=\"\\", "\\\"", ";c=d", ",a/b;c=\"d\""})
    void a_long_header_is_read_or_refused_and_takes_no_deep_stack(String piece) {
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
