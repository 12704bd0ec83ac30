package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.livespan.time.ColumnTime;

/** The digest distinguishes one result from another. */
class DigestTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);

    @Test
    void the_same_rows_have_the_same_digest_in_any_order() {
        long seed = new Random().nextLong();
        var rows = rows(100);
        String digest = digest(rows);
        Collections.shuffle(rows, new Random(seed));
        assertThat(digest(rows)).as("seed %d", seed).isEqualTo(digest);
    }

    /**
     * That of one row is the SHA-256 of its JSON. Another would send every client its result again, and clients verify
     * theirs.
     */
    @Test
    void a_digest_is_the_same_on_every_node_and_after_every_restart() {
        assertThat(digest(List.of(row(NOON, "{\"id\":1}")))).isEqualTo("A3ySFO73TMOIfzpPCFtOF9digNr9JzsO4WDAnEuhz9Q");
    }

    @Test
    void any_changed_byte_changes_it() {
        byte[] json = "{\"id\":1,\"customer\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);
        var digests = new HashSet<String>();
        digests.add(digest(List.of(withJson(json))));
        for (int i = 0; i < json.length; i++) {
            byte[] changed = json.clone();
            changed[i] ^= 1;
            digests.add(digest(List.of(withJson(changed))));
        }
        assertThat(digests).hasSize(json.length + 1);
    }

    @Test
    void an_added_removed_or_repeated_row_changes_it() {
        var digests = new HashSet<String>();
        for (int count = 0; count < 10; count++) {
            digests.add(digest(rows(count)));
        }
        Row row = row(NOON, "{\"id\":0}");
        digests.add(digest(List.of(row, row)));
        digests.add(digest(List.of(row, row, row)));
        assertThat(digests).hasSize(12);
    }

    @Test
    void values_swapped_between_two_rows_change_it() {
        assertThat(digest(List.of(row(NOON, "{\"id\":1,\"sum\":5}"), row(NOON, "{\"id\":2,\"sum\":7}"))))
                .isNotEqualTo(digest(List.of(row(NOON, "{\"id\":1,\"sum\":7}"), row(NOON, "{\"id\":2,\"sum\":5}"))));
    }

    /** So it can follow the rows that change, and is never computed from all rows again. */
    @Test
    void subtracting_a_row_leaves_the_digest_of_the_others() {
        List<Row> rows = rows(3);
        Digest two = Digest.of(rows.get(0)).plus(Digest.of(rows.get(1)));
        assertThat(two.plus(Digest.of(rows.get(2))).minus(Digest.of(rows.get(2))))
                .isEqualTo(two);
        assertThat(two.minus(two)).isEqualTo(Digest.NONE);
    }

    @Test
    void it_fits_an_event_id_and_an_entity_tag() {
        assertThat(digest(List.of())).matches("A{43}");
        assertThat(digest(rows(3))).matches("[A-Za-z0-9_-]{43}");
    }

    private static Row row(LocalDateTime date, String json) {
        return new Row(ColumnTime.of(date), new byte[] {'0'}, json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Row> rows(int count) {
        var rows = new ArrayList<Row>();
        for (int id = 0; id < count; id++) {
            rows.add(row(NOON.plusMinutes(id), "{\"id\":" + id + "}"));
        }
        return rows;
    }

    private static String digest(List<Row> rows) {
        return rows.stream().map(Digest::of).reduce(Digest.NONE, Digest::plus).toString();
    }

    private static Row withJson(byte[] json) {
        return new Row(ColumnTime.of(NOON), new byte[] {'1'}, json);
    }
}
