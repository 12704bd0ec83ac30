package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Which local times lie before or after a moment: by example, and against the definition in every zone. */
class LocalTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().toList();
    private static final long HOURS_AROUND_A_CHANGE = 50;

    @Test
    void on_an_ordinary_day_both_are_the_time_on_the_clock() {
        assertThat(firstNotBefore("2026-11-23T08:00:00Z")).isEqualTo("2026-11-23T09:00");
        assertThat(lastNotAfter("2026-11-23T08:00:00Z")).isEqualTo("2026-11-23T09:00");
    }

    @Test
    void a_time_that_occurs_twice_means_the_later_of_the_two() {
        // 02:30 is first 00:30Z, then 01:30Z; rows from 02:00 to 03:00 belong to the second hour
        assertThat(firstNotBefore("2026-10-25T00:30:00Z")).isEqualTo("2026-10-25T02:00");
        assertThat(lastNotAfter("2026-10-25T00:30:00Z")).isEqualTo("2026-10-25T01:59:59.999999");
        assertThat(firstNotBefore("2026-10-25T01:30:00Z")).isEqualTo("2026-10-25T02:30");
        assertThat(lastNotAfter("2026-10-25T01:30:00Z")).isEqualTo("2026-10-25T02:30");
    }

    @Test
    void the_beginning_and_the_end_of_the_hour_that_occurs_twice_are_exact_to_the_microsecond() {
        assertThat(lastNotAfter("2026-10-24T23:59:59.999999Z")).isEqualTo("2026-10-25T01:59:59.999999");
        assertThat(firstNotBefore("2026-10-25T00:00:00Z")).isEqualTo("2026-10-25T02:00");
        assertThat(firstNotBefore("2026-10-25T00:59:59.999999Z")).isEqualTo("2026-10-25T02:00");
        assertThat(firstNotBefore("2026-10-25T01:00:00Z")).isEqualTo("2026-10-25T02:00");
        assertThat(lastNotAfter("2026-10-25T01:00:00Z")).isEqualTo("2026-10-25T02:00");
    }

    @Test
    void a_time_that_the_clocks_skip_means_the_moment_of_the_change() {
        assertThat(firstNotBefore("2026-03-29T01:00:00Z")).isEqualTo("2026-03-29T02:00");
        assertThat(lastNotAfter("2026-03-29T01:00:00Z")).isEqualTo("2026-03-29T03:00");
        assertThat(firstNotBefore("2026-03-29T01:00:00.000001Z")).isEqualTo("2026-03-29T03:00:00.000001");
        assertThat(lastNotAfter("2026-03-29T00:59:59.999999Z")).isEqualTo("2026-03-29T01:59:59.999999");
    }

    /** The definition: a local time is at or after the first one if and only if what it means is not before the moment. */
    @RepeatedTest(5)
    void they_divide_the_local_times_of_any_zone_exactly_at_the_moment() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Instant moment = interesting(zone, random);
            LocalDateTime first = LocalTimes.firstNotBefore(moment, zone);
            LocalDateTime last = LocalTimes.lastNotAfter(moment, zone);
            for (LocalDateTime local : around(first, last, moment, zone, random)) {
                String at = "seed %d: %s at %s in %s".formatted(seed, local, moment, zone);
                Instant meant = momentOf(local, zone);
                assertThat(!local.isBefore(first)).as(at).isEqualTo(!meant.isBefore(moment));
                assertThat(!local.isAfter(last)).as(at).isEqualTo(!meant.isAfter(moment));
            }
        }
    }

    private static Instant momentOf(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetAfter());
    }

    /** A moment near a change of the clocks if the zone has one after a random time, otherwise a random moment. */
    private static Instant interesting(ZoneId zone, Random random) {
        ZoneRules rules = zone.getRules();
        Instant any = Instant.ofEpochSecond(random.nextInt(0, Integer.MAX_VALUE));
        ZoneOffsetTransition change = rules.nextTransition(any);
        if (change == null) {
            return any.plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
        }
        long micros =
                random.nextInt(3) == 0 ? random.nextLong(-2, 3) : random.nextLong(-10_800_000_000L, 10_800_000_000L);
        return change.getInstant().plus(micros, ChronoUnit.MICROS);
    }

    private static List<LocalDateTime> around(
            LocalDateTime first, LocalDateTime last, Instant moment, ZoneId zone, Random random) {
        var locals = new ArrayList<LocalDateTime>();
        for (long micros = -1; micros <= 1; micros++) {
            locals.add(first.plus(micros, ChronoUnit.MICROS));
            locals.add(last.plus(micros, ChronoUnit.MICROS));
        }
        LocalDateTime clock = LocalDateTime.ofInstant(moment, zone);
        for (int i = 0; i < 50; i++) {
            long most = HOURS_AROUND_A_CHANGE * 3_600_000_000L >> random.nextInt(40);
            locals.add(clock.plus(random.nextLong(-most, most + 1), ChronoUnit.MICROS));
        }
        return locals;
    }

    private static LocalDateTime firstNotBefore(String moment) {
        return LocalTimes.firstNotBefore(Instant.parse(moment), BERLIN);
    }

    private static LocalDateTime lastNotAfter(String moment) {
        return LocalTimes.lastNotAfter(Instant.parse(moment), BERLIN);
    }
}
