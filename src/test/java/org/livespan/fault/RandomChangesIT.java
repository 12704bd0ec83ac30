package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/**
 * Whatever changes, seen by triggers or not, clients end with what psql shows. {@code -Dlivespan.test.seconds} sets for how
 * long, and {@code -Dlivespan.test.seed} repeats the choices.
 */
@TakesLong
class RandomChangesIT {

    private static final long SECONDS = Long.getLong("livespan.test.seconds", 8);
    private static final long SEED = Long.getLong("livespan.test.seed", System.nanoTime());
    private static final int MOST_PAUSE_MILLIS = 60;
    private static final Pattern ID = Pattern.compile("\\{\"id\":(\\d+),");

    @RegisterExtension
    final Plant plant = new Plant();

    @Test
    void changes_that_the_catalogue_shows_are_shown_without_the_audit() throws Exception {
        endsWithTheTruth(plant.watching(), false);
    }

    @Test
    void changes_that_leave_no_trace_are_shown_by_the_audit() throws Exception {
        endsWithTheTruth(plant.auditing(), true);
    }

    private void endsWithTheTruth(Node node, boolean silently) throws Exception {
        System.out.println("Random changes: -Dlivespan.test.seed=" + SEED + " for " + SECONDS + " s");
        var random = new Random(SEED);
        var changes = new RandomPlant(random, silently);
        List<Watcher> readings = List.of(plant.watch(node, "readings"), plant.watch(node, "readings"));
        List<Watcher> shown = List.of(plant.watch(node, "shown"));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (var connection = plant.database().connect()) {
            while (System.nanoTime() < until) {
                changes.next(connection);
                readings.forEach(RandomChangesIT::showsNoKeyTwice);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE_MILLIS));
            }
        }
        plant.execute(changes.mended().toArray(String[]::new));
        for (Watcher client : readings) {
            plant.awaitShown(client, "plant.readings");
        }
        for (Watcher client : shown) {
            plant.awaitShown(client, "plant.shown");
        }
        assertThat(readings).noneMatch(Watcher::hasEnded);
    }

    private static void showsNoKeyTwice(Watcher client) {
        var ids = new ArrayList<String>();
        var id = ID.matcher(client.shown());
        while (id.find()) {
            ids.add(id.group(1));
        }
        assertThat(ids).as("seed %d", SEED).doesNotHaveDuplicates();
    }
}
