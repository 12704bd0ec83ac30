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

/** What a failure is to the client. */
class ProblemsTest {

    private final Problems problems = new Problems();

    @Test
    void a_problem_is_told_as_it_is() {
        var problem = new Problem(ProblemType.UNKNOWN_FEED, "There is no feed named 'x'.");
        assertThat(problems.of(problem)).isSameAs(problem);
    }

    @Test
    void a_database_that_does_not_answer_is_no_fault_of_the_clients_and_its_words_stay_here() {
        Problem problem = problems.of(new FeedUnavailableException("orders", new IOException("password refused")));
        assertThat(problem.type()).isEqualTo(ProblemType.DATABASE_UNAVAILABLE);
        assertThat(problem.type().status()).isEqualTo(503);
        assertThat(problem.detail()).doesNotContain("password");
    }

    @Test
    void rows_that_take_too_long_to_read_are_another_problem_and_a_shorter_span_may_help() {
        var cancelled = new SQLException("canceling statement due to user request", "57014");
        Problem problem = problems.of(new FeedUnavailableException("orders", cancelled));
        assertThat(problem.type()).isEqualTo(ProblemType.READ_TIMEOUT);
        assertThat(problem.type().status()).isEqualTo(503);
        assertThat(problem.detail()).contains("shorter span").doesNotContain("canceling");
    }

    @Test
    void a_feed_that_may_not_be_read_is_the_administrators_to_grant() {
        var denied = new SQLException("permission denied for table secrets", "42501");
        Problem problem = problems.of(new FeedForbiddenException("orders", denied));
        assertThat(problem.type()).isEqualTo(ProblemType.FEED_FORBIDDEN);
        assertThat(problem.type().status()).isEqualTo(503);
        assertThat(problem.detail()).contains("grant").doesNotContain("secrets");
    }

    @Test
    void a_failure_that_nobody_foresaw_gives_nothing_away() {
        Problem problem = problems.of(new IllegalStateException("at line 7 of a secret"));
        assertThat(problem.type().status()).isEqualTo(500);
        assertThat(problem.detail()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void every_type_of_problem_is_explained_under_its_title_on_the_page_of_problems(ProblemType type)
            throws IOException {
        assertThat(Files.readString(Path.of("src/main/webapp/problems.html")))
                .contains("<section id=\"" + type.anchor() + "\">\n      <h3>" + type.title() + " <small>");
    }

    /** The page never sends what the others are about. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"MALFORMED_REQUEST", "NOT_FOUND", "METHOD_NOT_ALLOWED", "NOT_ACCEPTABLE"})
    void the_page_knows_the_title_and_can_say_it_in_its_other_language(ProblemType type) throws IOException {
        var name = "'problem." + type.anchor() + "': ";
        assertThat(Files.readString(Path.of("src/main/webapp/messages/en.js")))
                .contains(name + "'" + type.title() + "',");
        assertThat(Files.readString(Path.of("src/main/webapp/messages/ko.js"))).contains(name);
    }
}
