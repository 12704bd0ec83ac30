package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is admitted. */
class PlacesTest {

    private final Places places = new Places(2);

    @Test
    void there_are_so_many_and_one_that_is_given_back_can_be_taken_again() {
        places.take();
        places.take();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(places::take)
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_CLIENTS));
        places.giveBack();
        places.take();
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void when_the_server_goes_away_there_is_none_though_it_be_free() {
        assertThat(places.close()).isTrue();
        assertThat(places.close()).isFalse();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(places::take)
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.SHUTTING_DOWN));
    }

    @Test
    void whoever_waits_until_none_is_taken_is_told_when_it_is_so_or_the_time_is_over() throws Exception {
        places.take();
        assertThat(places.awaitNoneTaken(Duration.ofMillis(1))).isFalse();
        var none = CompletableFuture.supplyAsync(() -> {
            try {
                return places.awaitNoneTaken(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        places.giveBack();
        assertThat(none.get()).isTrue();
    }
}
