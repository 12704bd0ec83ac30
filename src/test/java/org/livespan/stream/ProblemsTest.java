package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.livespan.feed.FeedUnavailableException;

/** What a failure is to the client. */
class ProblemsTest {

    private final Problems problems = new Problems();

    @Test
    void a_problem_is_told_as_it_is() {
        var problem = new Problem(ProblemType.UNKNOWN_FEED, "No feed is called 'x'.");
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
    void a_failure_that_nobody_foresaw_gives_nothing_away() {
        Problem problem = problems.of(new IllegalStateException("at line 7 of a secret"));
        assertThat(problem.type().status()).isEqualTo(500);
        assertThat(problem.detail()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void every_type_of_problem_is_explained_on_the_page_of_problems(ProblemType type) throws IOException {
        assertThat(Files.readString(Path.of("src/main/webapp/problems.html"))).contains("id=\"" + type.anchor() + "\"");
    }
}
