package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Condition;
import org.livespan.feed.Selection;
import org.livespan.feed.TestValues;
import org.livespan.feed.Value;
import org.livespan.time.Span;

/** What is read and held for windows that are filtered. */
class FilteredFeedTest {

    private static final Span DAY = new Span(0, 999);
    private static final int TENANTS = 600;
    private static final List<Value> VALUES = IntStream.range(0, TENANTS)
            .mapToObj(tenant -> TestValues.of("tenant " + tenant))
            .toList();

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final LiveFeed live = new TestNode(feed, executor)
            .with(Duration.ZERO)
            .with(new RowLimits(1_000, 10_000))
            .live();
    private final List<HeardResults> heard = new ArrayList<>();

    @BeforeEach
    void a_row_of_each_tenant() {
        feed.toldTo(live::changed);
        feed.ask(VALUES.toArray(Value[]::new));
        feed.commit(rows -> IntStream.range(0, TENANTS).forEach(tenant -> put(rows, tenant, tenant, 0)));
    }

    private static void put(FakeFeed.Transaction rows, int key, int tenant, int version) {
        rows.put(key, key, "{\"id\":" + key + ",\"tenant\":" + tenant + ",\"v\":" + version + "}", VALUES.get(tenant));
    }

    private static Restriction of(Value... tenants) {
        return new Restriction(DAY, Selection.ALL.and(0, TestValues.condition(tenants)));
    }

    private HeardResults open(Restriction restriction) {
        var listener = new HeardResults();
        heard.add(listener);
        live.open(restriction, listener, FirstResult.HELD);
        return listener;
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }

    @Test
    void windows_of_many_tenants_on_one_span_are_read_together_some_hundreds_at_a_time() {
        VALUES.forEach(tenant -> open(of(tenant)));
        settle();
        assertThat(feed.reads()).hasSize(2);
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            assertThat(heard.get(tenant).results())
                    .containsExactly("[{\"id\":%1$d,\"tenant\":%1$d,\"v\":0}]".formatted(tenant));
        }
    }

    @Test
    void a_change_is_read_once_and_only_its_tenant_is_told() {
        VALUES.forEach(tenant -> open(of(tenant)));
        settle();
        feed.reads().clear();
        feed.commit(rows -> put(rows, 7, 7, 1));
        settle();
        assertThat(feed.reads()).hasSize(1);
        assertThat(heard.get(7).changes())
                .containsExactly("{\"upserted\":[{\"id\":7,\"tenant\":7,\"v\":1}],\"removed\":[]}");
        assertThat(heard.stream().mapToInt(one -> one.changes().size()).sum()).isEqualTo(1);
    }

    /** A few rows are read whosever they are; for more, it is said whose. */
    @Test
    void changes_of_many_rows_are_read_by_two_statements_however_many_tenants_there_are() {
        VALUES.forEach(tenant -> open(of(tenant)));
        settle();
        feed.reads().clear();
        feed.commit(rows -> IntStream.range(0, TENANTS).forEach(tenant -> put(rows, tenant, tenant, 1)));
        settle();
        assertThat(feed.reads()).hasSize(2);
        assertThat(heard).allSatisfy(one -> assertThat(one.changes()).hasSize(1));
    }

    @Test
    void a_row_that_moves_to_another_tenant_leaves_one_window_and_comes_to_the_other() {
        HeardResults one = open(of(VALUES.get(1)));
        HeardResults two = open(of(VALUES.get(2)));
        HeardResults both = open(of(VALUES.get(1), VALUES.get(2)));
        settle();
        feed.commit(rows -> put(rows, 1, 2, 0));
        settle();
        assertThat(one.changes()).containsExactly("{\"upserted\":[],\"removed\":[1]}");
        String come = "{\"upserted\":[{\"id\":1,\"tenant\":2,\"v\":0}],\"removed\":[]}";
        assertThat(two.changes()).containsExactly(come);
        assertThat(both.changes()).containsExactly(come);
        feed.commit(rows -> put(rows, 1, 3, 0));
        settle();
        assertThat(one.changes()).as("nothing more of a row that has gone").hasSize(1);
        assertThat(both.changes()).last().isEqualTo("{\"upserted\":[],\"removed\":[1]}");
    }

    @Test
    void rows_of_tenants_that_nobody_watches_are_not_held() {
        var window = live.open(of(VALUES.get(1)), new HeardResults(), FirstResult.HELD);
        open(of(VALUES.get(2)));
        settle();
        assertThat(held()).isEqualTo(2);
        feed.commit(rows -> IntStream.range(0, TENANTS).forEach(tenant -> put(rows, tenant, tenant, 1)));
        settle();
        assertThat(held()).isEqualTo(2);
        window.close();
        feed.commit(rows -> put(rows, 2, 2, 2));
        settle();
        assertThat(held()).isEqualTo(1);
    }

    private int held() {
        return live.audited().size();
    }

    @Test
    void a_window_of_rows_without_a_value_and_one_of_those_with_any_share_none() {
        feed.commit(rows -> rows.put(1_000, 100, "{\"id\":1000}", Value.NULL));
        HeardResults none = open(new Restriction(DAY, Selection.ALL.and(0, new Condition(Set.of(), true, false))));
        HeardResults any = open(new Restriction(DAY, Selection.ALL.and(0, new Condition(Set.of(), false, true))));
        settle();
        assertThat(none.results()).containsExactly("[{\"id\":1000}]");
        assertThat(any.results().get(0)).doesNotContain("1000").contains("\"tenant\":599");
        feed.commit(rows -> rows.put(1_000, 100, "{\"id\":1000}", VALUES.get(0)));
        settle();
        assertThat(none.results()).last().isEqualTo("[]");
        assertThat(any.results().get(1)).contains("{\"id\":1000}");
    }

    /** Two windows of all rows would not fit, but of these rows each is held once. */
    @Test
    void a_window_whose_rows_are_held_for_others_needs_no_room() {
        LiveFeed narrow = new TestNode(feed, executor)
                .with(new RowLimits(TENANTS, TENANTS))
                .live();
        var all = new HeardResults();
        var some = new HeardResults();
        narrow.open(Restriction.to(DAY), all, FirstResult.HELD);
        executor.runAll();
        narrow.open(of(VALUES.get(1), VALUES.get(2)), some, FirstResult.HELD);
        narrow.open(of(VALUES.get(2), VALUES.get(3)), some, FirstResult.HELD);
        executor.runAll();
        assertThat(all.ends()).isEmpty();
        assertThat(some.ends()).isEmpty();
        assertThat(some.results()).hasSize(2);
        assertThat(narrow.audited().size()).isEqualTo(TENANTS);
    }

    /**
     * Of many selections rows are read together that are in none of them. Here these are more than may be held, so each selection
     * is read for itself.
     */
    @Test
    void selections_that_could_only_be_read_with_too_many_other_rows_are_read_one_by_one() {
        int tenants = 20;
        Value open = TestValues.of("open");
        Value closed = TestValues.of("closed");
        var orders = new FakeFeed();
        LiveFeed narrow = new TestNode(orders, executor)
                .with(Duration.ZERO)
                .with(new RowLimits(2 * tenants, 2 * tenants))
                .live();
        orders.toldTo(narrow::changed);
        orders.ask(VALUES.toArray(Value[]::new));
        orders.ask(open, closed);
        orders.commit(rows -> {
            for (int key = 0; key < 10 * tenants; key++) {
                rows.put(key, key, "{\"id\":" + key + "}", VALUES.get(key % tenants), key < tenants ? open : closed);
            }
        });
        for (Value tenant : VALUES.subList(0, tenants)) {
            var listener = new HeardResults();
            heard.add(listener);
            narrow.open(
                    new Restriction(DAY, of(tenant).selection().and(1, TestValues.condition(open))),
                    listener,
                    FirstResult.HELD);
        }
        orders.hearAll();
        executor.runAll();
        assertThat(narrow.audited().size()).isEqualTo(tenants);

        FeedAudit audit = narrow.audit(new SliceSize(1_000, 1_000, 1_000));
        audit.isNeeded(0);
        assertThat(audit.compare(1)).isEqualTo(FeedAudit.Outcome.SAME_AND_LAST);
        orders.commitUnheard(rows -> rows.put(3, 3, "{\"id\":3,\"v\":1}", VALUES.get(3), open));
        assertThat(audit.compare(2)).isEqualTo(FeedAudit.Outcome.DIFFERENT);

        orders.commit(rows -> {
            for (int key = 0; key < 10 * tenants; key++) {
                rows.put(
                        key,
                        key,
                        "{\"id\":" + key + ",\"v\":2}",
                        VALUES.get(key % tenants),
                        key < tenants ? open : closed);
            }
        });
        orders.hearAll();
        executor.runAll();
        for (int tenant = 0; tenant < tenants; tenant++) {
            assertThat(heard.get(tenant).changes())
                    .last()
                    .isEqualTo("{\"upserted\":[{\"id\":%d,\"v\":2}],\"removed\":[]}".formatted(tenant));
            assertThat(heard.get(tenant).ends()).isEmpty();
        }
    }
}
