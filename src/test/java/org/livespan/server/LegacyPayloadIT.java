package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others send on the channel: payloads in the older form, and unreadable ones. */
@OnSharedServer
class LegacyPayloadIT {

    private static final String INSERT_EMMY =
            "insert into orders (customer, amount, status, created_at) values ('Emmy', 1, 'new', '%s 11:30:00.123+00')";
    private static final String TELL = "select pg_notify('realtime', ?)";

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream may;

    @BeforeEach
    void an_order_of_may_is_shown() throws Exception {
        livespan.order("Ada", "05-10");
        may = livespan.open("05-01", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada");
    }

    @Test
    void an_insert_is_seen_in_a_window_that_contains_its_date() throws Exception {
        livespan.executeUnnoticed(INSERT_EMMY.formatted(livespan.day("05-23")));
        livespan.query(TELL, payload("insert", "orders|" + livespan.day("05-23 11:30:00.123+00")));

        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");
    }

    @Test
    void the_date_of_an_insert_is_understood_as_postgresql_prints_it_in_another_time_zone() throws Exception {
        livespan.executeUnnoticed(INSERT_EMMY.formatted(livespan.day("05-23")));
        livespan.execute(
                "set timezone = 'Asia/Kathmandu'",
                "select pg_notify('realtime', json_build_object('key', 'insert', 'value', 'orders|' || created_at)::text)"
                        + " from orders where customer = 'Emmy'");

        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");
    }

    @Test
    void an_insert_elsewhere_does_not_make_a_window_read_again() throws Exception {
        livespan.executeUnnoticed(INSERT_EMMY.formatted(livespan.day("05-23")));
        livespan.query(TELL, payload("insert", "orders|" + livespan.day("06-02 00:00:00+00")));
        livespan.query(TELL, payload("insert", "people|" + livespan.day("05-23 11:30:00.123+00")));
        livespan.query(
                TELL,
                payload(
                        "insert",
                        "other.orders|" + livespan.day("05-23T00:00:00Z|") + livespan.day("05-23T00:00:00Z")));
        livespan.order("marker", "05-31");

        assertThat(may.next().customers()).containsExactly("Ada", "marker");
        assertThat(may.events()).hasSize(2);
    }

    @Test
    void a_row_is_seen_to_leave_although_the_update_names_only_its_new_date() throws Exception {
        livespan.executeUnnoticed("update orders set created_at = '" + livespan.day("08-10") + "' where created_at = '"
                + livespan.day("05-10 12:00Z") + "'");
        livespan.query(TELL, payload("update", "orders|" + livespan.day("08-10 00:00:00+00")));

        assertThat(may.next().data()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "something happened",
                "null",
                "[]",
                "{}",
                "{\"key\": \"insert\"}",
                "{\"key\": \"insert\", \"value\": 7}",
                "{\"key\": \"vacuum\", \"value\": \"orders|2026-11-23\"}",
                "{\"key\": \"insert\", \"value\": \"orders\"}",
                "{\"key\": \"insert\", \"value\": \"orders|tomorrow\"}",
                "{\"key\": \"insert\", \"value\": \"orders|2026-02-30\"}",
                "{\"key\": \"update\", \"value\": \"public.orders|2026-11-23|2026-11-22\"}",
                "{\"key\": \"update\", \"value\": \"public.orders|2026-11-23|\"}",
                "{\"key\": \"insert\", \"value\": \"orders|2026-11-23\"",
                "{\"key\": \"insert\", \"value\": \"public.orders|2026-11-23T00:00:00Z|2026-11-23\"}"
            })
    void an_unreadable_payload_makes_a_window_read_again(String payload) throws Exception {
        livespan.executeUnnoticed(INSERT_EMMY.formatted(livespan.day("05-23")));
        livespan.query(TELL, payload);

        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");
    }

    @Test
    void a_payload_as_long_as_postgresql_allows_does_no_harm() throws Exception {
        livespan.executeUnnoticed(INSERT_EMMY.formatted(livespan.day("05-23")));
        livespan.query("select pg_notify('realtime', repeat('[', 7999))");
        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");

        livespan.order("marker", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada", "Emmy", "marker");
    }

    @Test
    void an_unreadable_payload_is_logged() throws Exception {
        livespan.query(TELL, "something happened");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> livespan.server()
                        .log()
                        .contains("A notification on channel \"realtime\" cannot be read: it is not a JSON object."));
    }

    private static String payload(String operation, String value) {
        return "{\"key\":\"" + operation + "\",\"value\":\"" + value + "\"}";
    }
}
