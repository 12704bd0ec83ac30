package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Rows that take longer to read than {@code livespan.db.query-timeout} allows, which is seven seconds here. */
@TakesLong
class SlowReadIT {

    private static final String FEED = "/livespan/api/feeds/slow";
    private static final String MAY = "?startDate=2026-05-01&endDate=2026-05-31";
    private static final String JUNE = "?startDate=2026-06-01&endDate=2026-06-30";
    private static final String REMEDIES =
            "Create an index on the feed's date column, or raise livespan.db.query-timeout";

    @RegisterExtension
    final Installation livespan = new Installation();

    @BeforeEach
    void a_row_of_june_that_is_read_quickly() throws Exception {
        livespan.readings().execute("truncate delays", "insert into delays values (1, '2026-06-10Z', 0)");
    }

    @Test
    void requests_for_them_get_the_problem_read_timeout_and_the_remedies_are_logged_once() throws Exception {
        livespan.readings().execute("insert into delays values (2, '2026-05-10Z', 60)");
        assertTakesTooLong(FEED + MAY);
        assertTakesTooLong(FEED + "/stream" + MAY);
        assertThat(livespan.logged("Reading the rows of feed slow takes longer"))
                .singleElement()
                .asString()
                .contains(REMEDIES);
        assertThat(livespan.logged("Exception")).as("stack traces").isEmpty();

        assertThat(livespan.node().get(FEED + JUNE).statusCode())
                .as("a shorter span")
                .isEqualTo(200);
    }

    @Test
    void an_open_stream_stays_open_says_that_it_is_stale_and_catches_up() throws Exception {
        var june = livespan.watch(FEED + "/stream" + JUNE);
        livespan.readings().execute("update delays set seconds = 60");
        await("the log tells of it")
                .atMost(PATIENCE)
                .until(() -> livespan.logged(REMEDIES).size() == 1);
        assertThat(june.told()).containsExactly("stale");
        assertThat(june.shown()).contains("\"seconds\":0,");

        livespan.readings().execute("update delays set seconds = 0.5");
        await("it is fresh again").atMost(PATIENCE).until(() -> june.told().contains("fresh"));
        assertThat(june.shown()).contains("\"seconds\":0.5,");
        assertThat(june.told()).containsExactly("stale", "fresh");
        assertThat(livespan.logged("feed slow can be read again")).hasSize(1);
    }

    private void assertTakesTooLong(String path) throws Exception {
        var answer = livespan.node().get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("problems.html#read-timeout", "shorter span");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
