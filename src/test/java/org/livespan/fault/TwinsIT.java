package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Plant.PATIENCE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** A view with twins, two rows of one key: clients of whole results see exactly what psql shows. */
@TakesLong
class TwinsIT {

    private static final String TOLD = "shows more than one row with the same key";

    @RegisterExtension
    final Plant plant = new Plant();

    @Test
    void twins_are_logged_once_and_each_is_shown_as_it_is_added_changed_and_removed() throws Exception {
        showAlso("select id, at + interval '1 s', 'twin of ' || note from plant.readings where mood = 'glad'");
        for (Node node : List.of(plant.watching(), plant.auditing())) {
            var client = plant.watch(node, "shown");
            for (String change : List.of(
                    "update plant.readings set mood = 'glad' where id in (3, 7)",
                    "update plant.readings set note = 'changed' where id = 3",
                    "update plant.readings set mood = 'sad' where id = 3",
                    "update plant.readings set at = at + interval '1 month' where id = 7",
                    "delete from plant.readings where id = 7",
                    "insert into plant.readings values (7, '2026-05-02Z', 'anew', 'sad')")) {
                plant.execute(change);
                plant.awaitShown(client, "plant.shown");
                assertDigestIsThatOfRows(client, node);
            }
            assertThat(client.told()).isEmpty();
        }
        // Once for each node, possibly in an earlier test
        assertThat(plant.logged(TOLD)).hasSizeLessThanOrEqualTo(1);
        assertThat(plant.watching().logged(TOLD, 0))
                .hasSize(1)
                .first()
                .asString()
                .contains("Feed shown", "(id)");
        assertThat(plant.auditing().logged(TOLD, 0)).hasSize(1);
    }

    @Test
    void one_of_two_identical_rows_can_be_removed() throws Exception {
        showAlso("select v.* from plant.inner_view v join plant.readings r using (id) where r.mood = 'glad'");
        var client = plant.watch(plant.watching(), "shown");
        for (String mood : List.of("glad", "sad", "glad", "sad")) {
            plant.execute("update plant.readings set mood = '" + mood + "' where id = 3");
            plant.awaitShown(client, "plant.shown");
            assertDigestIsThatOfRows(client, plant.watching());
        }
    }

    private void showAlso(String rows) throws Exception {
        plant.execute(
                "create or replace view plant.shown as select * from plant.inner_view union all " + rows,
                "grant select on plant.shown to crew");
    }

    /** Compares it with the digest that is computed for a plain request. */
    private static void assertDigestIsThatOfRows(Watcher client, Node node) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                "\"" + client.ids().get(client.ids().size() - 1) + "\"")
                        .isEqualTo(node.get(Plant.rows("shown"))
                                .headers()
                                .firstValue("ETag")
                                .orElseThrow()));
    }
}
