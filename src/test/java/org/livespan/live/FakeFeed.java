package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.livespan.change.Change;
import org.livespan.change.FakeBarrier;
import org.livespan.change.Operation;
import org.livespan.change.RowKeys;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.feed.Row;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.TableName;
import org.livespan.feed.Value;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The feed of a table {@code public.orders} in a simulated PostgreSQL: transactions commit one after another, a snapshot
 * sees those that committed before it, and each statement's notification is heard later, in the order of the
 * commits, when the test says so.
 */
class FakeFeed implements Feed {

    /** Rows with the same date are in the order of their keys. */
    private static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::date).thenComparing(row -> Integer.valueOf(new String(row.key(), UTF_8)));

    private final List<List<Row>> states = new ArrayList<>(List.of(List.of()));
    private final Map<Integer, Row> now = new LinkedHashMap<>();
    private final Queue<Change> notifications = new ArrayDeque<>();
    private final List<SpanSet> reads = new ArrayList<>();
    private final SortedSet<Integer> askedFor = new TreeSet<>();
    private final Set<Value> asked = new HashSet<>();
    private int snapshots;
    private int openSnapshots;
    private Runnable atClose = () -> {};
    private final List<Duration> patiences = new ArrayList<>();
    private final FakeBarrier barrier = new FakeBarrier(this::beforeMarker);
    private Consumer<Change> listener = change -> {};
    private Runnable beforeRead = () -> {};
    private Runnable beforeMarker = () -> {};
    private boolean listening = true;
    private boolean connected = true;
    private boolean down;
    private boolean fromLog;

    static Row row(LocalDateTime date, String json) {
        return row(0, ColumnTime.of(date), json);
    }

    static Row row(int key, long date, String json) {
        return new Row(date, keyOf(key), json.getBytes(UTF_8));
    }

    private static byte[] keyOf(int key) {
        return Integer.toString(key).getBytes(UTF_8);
    }

    /** One transaction; each call on it is a statement. */
    final class Transaction {

        private final List<Change> statements = new ArrayList<>();

        void put(int key, long date, String json, Value... values) {
            Row before = now.put(key, new Row(date, keyOf(key), json.getBytes(UTF_8), values));
            long old = before == null ? date : before.date();
            if (fromLog && before != null) {
                logged(Operation.UPDATE, SpanSet.of(List.of(new Span(date, date))), key);
            } else {
                told(before == null ? Operation.INSERT : Operation.UPDATE, old, date);
            }
        }

        void delete(int key) {
            Row before = now.remove(key);
            if (before != null && fromLog) {
                logged(Operation.DELETE, SpanSet.NONE, key);
            } else if (before != null) {
                told(Operation.DELETE, before.date(), before.date());
            }
        }

        void truncate() {
            now.clear();
            statements.add(new Change(Operation.TRUNCATE, "public.orders", null, SpanSet.ALL));
        }

        /** Of a row's old date, the log has nothing; but it has its key. */
        private void logged(Operation operation, SpanSet dates, int key) {
            var keys = new RowKeys(rowColumns(), Set.of(Integer.toString(key)));
            statements.add(new Change(operation, "public.orders", DateType.TIMESTAMPTZ, dates, false, keys));
        }

        /** If the old and the new date are apart, they are two spans. */
        private void told(Operation operation, long old, long date) {
            var spans = SpanSet.of(List.of(new Span(old, old), new Span(date, date)));
            statements.add(new Change(operation, "public.orders", DateType.TIMESTAMPTZ, spans));
        }
    }

    /** From now on, changes are told as the log does. */
    void tellFromLog() {
        fromLog = true;
    }

    void commit(Consumer<Transaction> work) {
        var transaction = new Transaction();
        work.accept(transaction);
        states.add(now.values().stream().sorted(ORDER).toList());
        if (listening) {
            notifications.addAll(transaction.statements);
        }
    }

    /** Commits without a notification, as if no trigger fired. */
    void commitUnheard(Consumer<Transaction> work) {
        boolean told = listening;
        listening = false;
        commit(work);
        listening = told;
    }

    void put(int key, long date, String json) {
        commit(transaction -> transaction.put(key, date, json));
    }

    void delete(int key) {
        commit(transaction -> transaction.delete(key));
    }

    /** From now on, rows are read with these of their values. */
    void ask(Value... values) {
        asked.addAll(List.of(values));
    }

    private Row asked(Row row) {
        return new Row(
                row.date(),
                row.key(),
                row.json(),
                asked.isEmpty()
                        ? Row.NO_VALUES
                        : Stream.of(row.values())
                                .map(value -> value == Value.NULL || asked.contains(value) ? value : Value.OTHER)
                                .toArray(Value[]::new));
    }

    /** The row with that key, or null. */
    Row row(int key) {
        return now.get(key);
    }

    int lastState() {
        return states.size() - 1;
    }

    /** The rows of a span after so many commits. */
    List<Row> rows(int state, Span span) {
        return rows(state, new SpanSet(List.of(span)));
    }

    List<Row> rows(int state, SpanSet spans) {
        return rows(states.get(state), spans);
    }

    /** The rows after so many commits that are in any of these. */
    List<Row> rows(int state, Collection<Restriction> restrictions) {
        return states.get(state).stream()
                .filter(row -> restrictions.stream()
                        .anyMatch(some -> some.span().contains(row.date())
                                && some.selection().includes(row.values())))
                .toList();
    }

    private static List<Row> rows(List<Row> state, SpanSet spans) {
        return state.stream().filter(row -> spans.contains(row.date())).toList();
    }

    void toldTo(Consumer<Change> live) {
        listener = live;
    }

    FakeBarrier barrier() {
        return barrier;
    }

    boolean hearNext() {
        Change next = notifications.poll();
        if (next != null) {
            listener.accept(next);
        }
        return next != null;
    }

    void hearAll() {
        while (hearNext()) {
            Thread.onSpinWait();
        }
    }

    private void beforeMarker() {
        beforeMarker.run();
        if (connected) {
            hearAll();
        }
    }

    /** The listening session breaks: what it has not heard is lost, and nobody has detected this yet. */
    void breakSession() {
        listening = false;
        connected = false;
        notifications.clear();
        barrier.goDeaf();
    }

    void noticeBrokenSession() {
        barrier.lose();
    }

    /** LISTEN was executed in a new session. */
    void openSession() {
        listening = true;
    }

    /** What the listener does first in a new session. */
    void connected() {
        connected = true;
        listener.accept(Change.ANYTHING);
        barrier.connect();
    }

    void beforeRead(Runnable hook) {
        beforeRead = hook;
    }

    /** Runs after a refresh has read and before it waits for the listener. */
    void beforeMarker(Runnable hook) {
        beforeMarker = hook;
    }

    /** Runs when a snapshot is closed. */
    void atClose(Runnable hook) {
        atClose = hook;
    }

    /** How many have not been closed. */
    int openSnapshots() {
        return openSnapshots;
    }

    void goDown() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    /** How long each of the audit's statements was allowed to take. */
    List<Duration> patiences() {
        return patiences;
    }

    /** The spans that were read, one set for each statement. */
    List<SpanSet> reads() {
        return reads;
    }

    /** The most rows that any statement was allowed to return. */
    int mostAskedFor() {
        return askedFor.last();
    }

    /** The same, without the statements that were allowed exactly this many. */
    int mostAskedForBut(int plain) {
        return askedFor.stream()
                .filter(limit -> limit != plain)
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    int snapshots() {
        return snapshots;
    }

    @Override
    public FeedSnapshot snapshot() {
        return snapshot(states.get(lastState()));
    }

    /** @param seen what it sees; null for what is committed when it is first read */
    private FeedSnapshot snapshot(List<Row> seen) {
        snapshots++;
        openSnapshots++;
        return new FeedSnapshot() {
            private List<Row> state = seen;

            @Override
            public List<Row> read(List<SelectedSpans> any, int limit) {
                reads.add(any.stream().map(SelectedSpans::spans).reduce(SpanSet.NONE, SpanSet::plus));
                askedFor.add(limit);
                beforeRead.run();
                if (down) {
                    throw new FeedUnavailableException(name(), new IllegalStateException("connection refused"));
                }
                state = state == null ? states.get(lastState()) : state;
                return state.stream()
                        .filter(row -> any.stream()
                                .anyMatch(some -> some.spans().contains(row.date())
                                        && some.selection().includes(row.values())))
                        .limit(limit)
                        .map(FakeFeed.this::asked)
                        .toList();
            }

            @Override
            public void close() {
                openSnapshots--;
                atClose.run();
            }
        };
    }

    @Override
    public FeedSnapshot auditSnapshot(Duration patience) {
        patiences.add(patience);
        return snapshot(null);
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public TableName table() {
        return new TableName("public", "orders");
    }

    @Override
    public String dateColumn() {
        return "created_at";
    }

    @Override
    public DateType dateType() {
        return DateType.TIMESTAMPTZ;
    }

    @Override
    public List<String> keyColumns() {
        return List.of("id");
    }

    @Override
    public Span span(DateRange range) {
        return range.in(dateType(), ZoneOffset.UTC);
    }
}
