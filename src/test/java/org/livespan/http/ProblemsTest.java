package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.livespan.feed.FeedForbiddenException;
import org.livespan.feed.FeedUnavailableException;

/** Which problem a client gets for a failure. */
class ProblemsTest {

    private final Problems problems = new Problems();

    @Test
    void a_problem_is_passed_on_unchanged() {
        var problem = new Problem(ProblemType.UNKNOWN_FEED, "There is no feed named 'x'.");
        assertThat(problems.of(problem)).isSameAs(problem);
    }

    @Test
    void an_unavailable_database_is_a_503_that_does_not_quote_the_error() {
        Problem problem = problems.of(new FeedUnavailableException("orders", new IOException("password refused")));
        assertThat(problem.type()).isEqualTo(ProblemType.DATABASE_UNAVAILABLE);
        assertThat(problem.type().status()).isEqualTo(503);
        assertThat(problem.detail()).doesNotContain("password");
    }

    @Test
    void a_cancelled_read_is_a_503_that_suggests_a_shorter_span_and_does_not_quote_the_error() {
        var cancelled = new SQLException("canceling statement due to user request", "57014");
        Problem problem = problems.of(new FeedUnavailableException("orders", cancelled));
        assertThat(problem.type()).isEqualTo(ProblemType.READ_TIMEOUT);
        assertThat(problem.type().status()).isEqualTo(503);
        assertThat(problem.detail()).contains("shorter span").doesNotContain("canceling");
    }

    @Test
    void a_feed_that_may_not_be_read_is_a_503_that_mentions_the_grant_and_not_the_table() {
        var denied = new SQLException("permission denied for table secrets", "42501");
        Problem problem = problems.of(new FeedForbiddenException("orders", denied));
        assertThat(problem.type()).isEqualTo(ProblemType.FEED_FORBIDDEN);
        assertThat(problem.type().status()).isEqualTo(503);
        assertThat(problem.detail()).contains("grant").doesNotContain("secrets");
    }

    @Test
    void an_unexpected_failure_is_a_500_that_does_not_quote_its_message() {
        Problem problem = problems.of(new IllegalStateException("at line 7 of a secret"));
        assertThat(problem.type().status()).isEqualTo(500);
        assertThat(problem.detail()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void every_problem_type_has_a_section_with_its_anchor_and_title_on_the_problems_page(ProblemType type)
            throws IOException {
        assertThat(Files.readString(Path.of("src/main/webapp/problems.html")))
                .contains("<section id=\"" + type.anchor() + "\">\n      <h3>" + type.title() + " <small>");
    }

    /** The page never sends requests that get the excluded ones. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"MALFORMED_REQUEST", "NOT_FOUND", "METHOD_NOT_ALLOWED", "NOT_ACCEPTABLE"})
    void the_page_has_the_title_in_english_and_a_korean_translation(ProblemType type) throws IOException {
        var name = "'problem." + type.anchor() + "': ";
        assertThat(Files.readString(Path.of("src/main/webapp/messages/en.js")))
                .contains(name + "'" + type.title() + "',");
        assertThat(Files.readString(Path.of("src/main/webapp/messages/ko.js"))).contains(name);
    }
}
