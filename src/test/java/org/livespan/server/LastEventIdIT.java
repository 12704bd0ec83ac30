package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A returning client is sent nothing that it already has. */
@OnSharedServer
class LastEventIdIT {

    private static final String HEADER = "Last-Event-ID";

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private String present;

    @BeforeEach
    void a_client_has_received_the_result() throws Exception {
        livespan.order("Ada", "05-10");
        try (var stream = livespan.open("05-01", "05-31")) {
            present = stream.next().id();
        }
    }

    @Test
    void a_client_that_has_the_result_gets_no_second_copy_but_the_next_change() throws Exception {
        nextIsTheChange(open(null, HEADER, present));
    }

    @Test
    void the_parameter_has_the_same_effect_as_the_header() throws Exception {
        nextIsTheChange(open(present));
    }

    @Test
    void a_client_that_has_another_result_gets_the_current_one() throws Exception {
        assertThat(open(null, HEADER, "another").next().customers()).containsExactly("Ada");
        assertThat(open("another").next().customers()).containsExactly("Ada");
        assertThat(open(null, HEADER, "x".repeat(4_000)).next().customers()).containsExactly("Ada");
    }

    @Test
    void the_header_takes_precedence_over_the_parameter() throws Exception {
        assertThat(open(present, HEADER, "another").next().customers()).containsExactly("Ada");
        nextIsTheChange(open("another", HEADER, present));
    }

    @Test
    void a_client_that_missed_a_change_gets_it() throws Exception {
        livespan.order("Emmy", "05-11");
        assertThat(open(null, HEADER, present).next().customers()).containsExactly("Ada", "Emmy");
    }

    @Test
    void a_client_that_left_before_a_change_that_was_undone_has_missed_nothing() throws Exception {
        livespan.order("Emmy", "05-11");
        livespan.execute("delete from orders where created_at = '" + livespan.day("05-11 12:00Z") + "'");
        nextIsTheChange(open(null, HEADER, present));
    }

    @Test
    void a_returning_client_gets_no_second_copy_even_if_another_holds_the_window_open() throws Exception {
        var other = livespan.open("05-01", "05-31");
        assertThat(other.next().id()).isEqualTo(present);
        nextIsTheChange(open(null, HEADER, present));
        assertThat(other.next().customers()).containsExactly("Ada", "marker");
    }

    private void nextIsTheChange(EventStream stream) throws Exception {
        assertThat(stream.status()).isEqualTo(200);
        livespan.order("marker", "05-31");
        assertThat(stream.next().customers()).containsExactly("Ada", "marker");
    }

    private EventStream open(String lastEventId, String... headers) throws Exception {
        return livespan.openAt(
                livespan.stream(
                        "startDate",
                        livespan.day("05-01"),
                        "endDate",
                        livespan.day("05-31"),
                        "lastEventId",
                        lastEventId),
                headers);
    }
}
