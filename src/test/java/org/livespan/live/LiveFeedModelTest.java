package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.feed.Condition;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.feed.Row;
import org.livespan.feed.Selection;
import org.livespan.feed.TestValues;
import org.livespan.feed.Value;
import org.livespan.monitor.TableMonitor;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * Each result is one committed state, and none is older than the one before. Random transactions are heard later or never,
 * windows come and go, and the database and the listener fail, step by step on one thread.
 *
 * <p>It runs for {@code livespan.test.seconds} seconds. A failure names the seed of its run.
 */
class LiveFeedModelTest {

    /** The limit on the rows of a plain request. */
    private static final int PLAIN_ROWS = 1_000;

    private static final int SECONDS = Integer.getInteger("livespan.test.seconds", 3);
    private static final int MOST_STEPS = 300;
    private static final int MOST_SLICES = 1_000;
    private static final int LAST_DATE = 30;
    private static final int ACCOUNTS = 4;
    private static final int OTHER_KEYS = 12;
    private static final int TOTAL = 1_000;
    private static final int COLUMNS = 2;

    /** The values of each filter column; the last one is null. */
    private static final List<List<Value>> VALUES = List.of(
            List.of(TestValues.of("Ada"), TestValues.of("Emmy"), TestValues.of("Grace"), Value.NULL),
            List.of(TestValues.of("new"), TestValues.of("paid"), TestValues.of("sent"), Value.NULL));

    private static final int NULL_AT = 3;
    private static final SpanSet FAR = SpanSet.of(List.of(new Span(0, Long.MAX_VALUE / 2)));

    private static final List<Logger> LOGS = List.of(
            Logger.getLogger(Pace.class.getName()),
            Logger.getLogger(Availability.class.getName()),
            Logger.getLogger(Findings.class.getName()));

    /** They log every failure and finding, and this test causes thousands. */
    @BeforeAll
    static void quiet() {
        LOGS.forEach(log -> log.setLevel(Level.OFF));
    }

    @AfterAll
    static void loud() {
        LOGS.forEach(log -> log.setLevel(null));
    }

    @Test
    void whatever_happens_each_window_shows_committed_states_in_order_and_the_last_one_in_the_end() {
        var seeds = new Random();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int shown = 0;
        do {
            shown += run(Long.getLong("seed", seeds.nextLong()));
        } while (System.nanoTime() < end);
        assertThat(shown).as("results that were shown").isPositive();
    }

    private static int run(long seed) {
        try {
            return new Run(seed).run();
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** One database, one live feed, and what happens to them. */
    private static final class Run {

        private final long seed;
        private final Random random;
        private final FakeFeed feed = new FakeFeed();
        private final ManualExecutor executor = new ManualExecutor();
        private final Findings findings = new Findings(new TableMonitor());
        private final LiveFeed live;
        private final WindowReader reader;
        private final List<Asked> asked = new ArrayList<>();
        private final FeedAudit audit;
        private final List<Client> clients = new ArrayList<>();
        private final int[] amounts = new int[ACCOUNTS];
        private final List<End> ends = new ArrayList<>();
        private final boolean trouble;
        private final boolean silent;

        /** With forged notifications. Changes without dates would then be put off, so there are none. */
        private final boolean flooded;

        /** Whether windows are filtered. */
        private final boolean filtered;

        private final int writes;
        private final RowLimits limits;
        private Session session = Session.HEARD;
        private int step;
        private int shown;
        private long time;

        /** A window that ended or was closed when so many snapshots had been taken. */
        private record End(Client client, int snapshots) {}

        private enum Session {
            HEARD,
            BROKEN,
            NOTICED,
            OPENED
        }

        Run(long seed) {
            this.seed = seed;
            random = new Random(seed);
            trouble = random.nextBoolean();
            silent = random.nextInt(3) == 0;
            flooded = random.nextInt(3) == 0;
            filtered = random.nextInt(3) > 0;
            if (random.nextInt(3) == 0) {
                feed.tellFromLog();
            }
            writes = 1 + random.nextInt(10);
            limits = random.nextBoolean()
                    ? new RowLimits(1_000, 10_000)
                    : new RowLimits(1 + random.nextInt(12), 1 + random.nextInt(16));
            var node = new TestNode(feed, executor)
                    .with(limits)
                    .with(findings)
                    .with(new RefreshTimes(
                            Duration.ZERO,
                            random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1),
                            random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1)))
                    .with(
                            flooded
                                    ? new Pace(new Allowance(1, Duration.ZERO, 0), () -> time += 1_000_000)
                                    : Pace.ofNode());
            live = (random.nextBoolean() ? node : node.hearingFirst()).live();
            reader = new WindowReader(
                    PLAIN_ROWS,
                    Results.room(1 << 20),
                    new SharedBarrier(feed.barrier(), executor),
                    new Availability(feed.barrier(), new TableMonitor()),
                    executor,
                    executor);
            audit = live.audit(new SliceSize(1, 1 + random.nextInt(5), 8));
            feed.toldTo(live::changed);
            feed.commit(this::openAccounts);
            feed.beforeRead(this::meanwhile);
            feed.beforeMarker(this::meanwhile);
        }

        /** @return how many results were shown */
        int run() {
            int steps = 1 + random.nextInt(MOST_STEPS);
            for (step = 0; step < steps; step++) {
                step();
            }
            feed.beforeRead(() -> {});
            feed.beforeMarker(() -> {});
            feed.comeBack();
            while (session != Session.HEARD) {
                nextOfSession();
            }
            feed.hearAll();
            executor.runAll();
            auditAll();
            clients.forEach(Client::showsTheLastState);
            asked.forEach(Asked::isAnswered);
            assertThat(feed.mostAskedForBut(PLAIN_ROWS + 1))
                    .as("seed %s: rows asked for at once", seed)
                    .isLessThanOrEqualTo(Math.max(limits.window(), limits.feed()) + 1);
            if (!silent) {
                assertThat(findings.count()).as("seed %s: all was heard", seed).isZero();
            }
            return shown;
        }

        /** Compares until two full cycles have found nothing, because the first one may have begun earlier. */
        private void auditAll() {
            int cycles = 0;
            int slices = 0;
            while (cycles < 2 && audit.isNeeded(System.nanoTime())) {
                assertThat(slices++).as("seed %s: slices until all agree", seed).isLessThan(MOST_SLICES);
                FeedAudit.Outcome outcome = audit.compare(System.nanoTime());
                executor.runAll();
                cycles += outcome == FeedAudit.Outcome.SAME_AND_LAST && audit.isClean() ? 1 : 0;
            }
        }

        /** How many rows the last refresh may have read for windows that it then ended, or that were closed meanwhile. */
        private int inVain() {
            return (limits.window() + 1) * (int) justEnded().count();
        }

        /** The last refresh may still have read their rows. */
        private Stream<Client> justEnded() {
            return ends.stream()
                    .filter(end -> end.snapshots() == feed.snapshots())
                    .map(End::client);
        }

        private void ended(Client client) {
            ends.add(new End(client, feed.snapshots()));
        }

        private void audit() {
            if (audit.isNeeded(System.nanoTime())) {
                try {
                    audit.compare(System.nanoTime());
                } catch (FeedUnavailableException e) {
                    audit.failed(e, System.nanoTime());
                }
            }
        }

        private void step() {
            flood();
            switch (random.nextInt(26)) {
                case 0, 1, 2, 3 -> writeAsOftenAs(writes);
                case 4, 5, 6, 7 -> hearNext();
                case 8, 9, 10, 11, 12, 13 -> refresh();
                case 14, 15, 16 -> open();
                case 17 -> close();
                case 18 -> trouble();
                case 19, 20, 21 -> audit();
                case 22, 23, 24 -> ask();
                default -> hearAll();
            }
        }

        /** What other threads and sessions do while a refresh reads and waits. */
        private void meanwhile() {
            for (int i = random.nextInt(3); i > 0; i--) {
                flood();
                switch (random.nextInt(13)) {
                    case 0, 1, 2, 3, 4 -> write();
                    case 5, 6, 7 -> hearNext();
                    case 8, 9 -> open();
                    case 10 -> close();
                    case 11 -> ask();
                    default -> trouble();
                }
            }
        }

        private void flood() {
            if (flooded && session == Session.HEARD && random.nextInt(4) == 0) {
                SpanSet dates = random.nextBoolean() ? SpanSet.ALL : FAR;
                live.changed(new Change(Operation.UPDATE, "public.orders", DateType.TIMESTAMPTZ, dates));
            }
        }

        private void hearNext() {
            if (session == Session.HEARD) {
                feed.hearNext();
            }
        }

        private void hearAll() {
            if (session == Session.HEARD) {
                feed.hearAll();
            }
        }

        private void refresh() {
            if (executor.waiting() > 0) {
                executor.runNext();
            }
        }

        private void open() {
            FirstResult first = random.nextBoolean() ? FirstResult.HELD : FirstResult.CURRENT;
            var client = new Client(this, randomRestriction(), first);
            clients.add(client);
            client.window = live.open(client.restriction, client, first);
        }

        private void ask() {
            asked.add(new Asked(this, randomRestriction()));
        }

        private void close() {
            if (!clients.isEmpty()) {
                clients.remove(random.nextInt(clients.size())).close();
            }
        }

        private void trouble() {
            if (!trouble) {
                return;
            }
            switch (random.nextInt(4)) {
                case 0 -> feed.goDown();
                case 1 -> feed.comeBack();
                default -> nextOfSession();
            }
        }

        private void nextOfSession() {
            switch (session) {
                case HEARD -> feed.breakSession();
                case BROKEN -> feed.noticeBrokenSession();
                case NOTICED -> feed.openSession();
                default -> feed.connected();
            }
            session = Session.values()[(session.ordinal() + 1) % Session.values().length];
        }

        private Restriction randomRestriction() {
            return new Restriction(randomSpan(), filtered && random.nextInt(3) > 0 ? randomSelection() : Selection.ALL);
        }

        private Selection randomSelection() {
            Selection selection = Selection.ALL;
            for (int column = 0; column < COLUMNS; column++) {
                if (random.nextBoolean()) {
                    selection = selection.and(column, randomCondition(column));
                }
            }
            return selection;
        }

        private Condition randomCondition(int column) {
            Value[] asked = IntStream.range(0, 1 + random.nextInt(2))
                    .mapToObj(i -> VALUES.get(column).get(random.nextInt(NULL_AT)))
                    .distinct()
                    .toArray(Value[]::new);
            feed.ask(asked);
            return switch (random.nextInt(6)) {
                case 0 -> new Condition(Set.of(), true, false);
                case 1 -> new Condition(Set.of(), false, true);
                case 2 -> new Condition(Set.of(asked), true, false);
                default -> TestValues.condition(asked);
            };
        }

        private Value[] randomValues() {
            return VALUES.stream()
                    .map(column -> column.get(random.nextInt(column.size())))
                    .toArray(Value[]::new);
        }

        private Span randomSpan() {
            return switch (random.nextInt(6)) {
                case 0 -> Span.ANY;
                case 1 -> new Span(0, LAST_DATE);
                case 2 -> new Span(ColumnTime.MINUS_INFINITY, date());
                default -> {
                    long start = date();
                    yield new Span(start, start + random.nextInt(LAST_DATE / 2) - 1);
                }
            };
        }

        private long date() {
            return random.nextInt(LAST_DATE + 1);
        }

        /** From calm to busy. In a calm run, windows open on rows that no change has touched. */
        private void writeAsOftenAs(int inTen) {
            if (random.nextInt(10) < inTen) {
                write();
            }
        }

        private void write() {
            if (silent && random.nextInt(3) == 0) {
                feed.commitUnheard(this::statements);
            } else {
                feed.commit(this::statements);
            }
        }

        private void statements(FakeFeed.Transaction transaction) {
            for (int statements = 1 + random.nextInt(3); statements > 0; statements--) {
                statement(transaction);
            }
        }

        private void statement(FakeFeed.Transaction transaction) {
            int other = ACCOUNTS + random.nextInt(OTHER_KEYS);
            switch (random.nextInt(12)) {
                case 0, 1 -> put(transaction, other, 0, date());
                case 2, 3 -> transaction.delete(other);
                case 4, 5 -> account(transaction, random.nextInt(ACCOUNTS), date());
                case 6 -> {
                    if (random.nextInt(5) == 0 && !flooded) {
                        transaction.truncate();
                        openAccounts(transaction);
                    }
                }
                default -> transfer(transaction);
            }
        }

        /** Two statements in one transaction, so that between them the sum is wrong. */
        private void transfer(FakeFeed.Transaction transaction) {
            int from = random.nextInt(ACCOUNTS);
            int to = random.nextInt(ACCOUNTS);
            int amount = 1 + random.nextInt(9);
            amounts[from] -= amount;
            amounts[to] += amount;
            account(transaction, from, feed.row(from).date());
            account(
                    transaction,
                    to,
                    random.nextInt(3) == 0 ? date() : feed.row(to).date());
        }

        private void openAccounts(FakeFeed.Transaction transaction) {
            for (int account = 0; account < ACCOUNTS; account++) {
                amounts[account] = TOTAL / ACCOUNTS;
                account(transaction, account, date());
            }
        }

        private void account(FakeFeed.Transaction transaction, int account, long date) {
            put(transaction, account, amounts[account], date);
        }

        private void put(FakeFeed.Transaction transaction, int key, int amount, long date) {
            Row before = feed.row(key);
            Value[] values = before != null && random.nextBoolean() ? before.values() : randomValues();
            transaction.put(key, date, ReplayedRows.row(key, date, amount, random.nextInt(3)), values);
        }
    }

    /** A plain request for a window. */
    private static final class Asked {

        private final Run run;
        private final Restriction restriction;
        private final int step;
        private final int state;
        private final CompletableFuture<Void> answer;

        Asked(Run run, Restriction restriction) {
            this.run = run;
            this.restriction = restriction;
            step = run.step;
            state = run.feed.lastState();
            answer = run.reader
                    .read(run.live, restriction, true)
                    .thenAccept(this::given)
                    .toCompletableFuture();
        }

        private void given(SharedResult result) {
            String json = json(result);
            assertThat(IntStream.rangeClosed(state, run.feed.lastState()))
                    .as("%s shows what was committed before it was asked: %s", this, json)
                    .anyMatch(later -> run.silent
                            || json.equals(ReplayedRows.array(run.feed.rows(later, List.of(restriction))))
                                    && result.digest()
                                            .equals(Result.of(run.feed.rows(later, List.of(restriction)))
                                                    .digest()));
        }

        void isAnswered() {
            assertThat(answer).as("%s is answered", this).isDone();
            Throwable failure = answer.handle((given, failed) -> failed).join();
            if (failure != null) {
                assertThat(failure).as(toString()).cause().isInstanceOf(FeedUnavailableException.class);
                assertThat(run.trouble).as(toString()).isTrue();
            }
        }

        private static String json(SharedResult result) {
            try (var rows = result.open()) {
                return new String(rows.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return "seed " + run.seed + ", asked at step " + step + ", " + restriction;
        }
    }

    /** One window, and what a client in each mode has of it. */
    private static final class Client implements WindowListener {

        private final Run run;
        private final Restriction restriction;
        private final boolean fleeting;
        private Window window;
        private ReplayedRows replayed;
        private int state;
        private boolean over;

        Client(Run run, Restriction restriction, FirstResult first) {
            this.run = run;
            this.restriction = restriction;
            state = first == FirstResult.CURRENT ? run.feed.lastState() : 0;
            fleeting = run.random.nextInt(10) == 0;
        }

        @Override
        public void opened(Window opened) {
            assertThat(replayed).as(toString()).isNull();
            Result result = opened.present().result();
            replayed = ReplayedRows.snapshot(result.json());
            shown(result);
            if (fleeting) {
                opened.close();
                over = true;
            }
        }

        @Override
        public void changed(WindowUpdate update) {
            assertThat(replayed).as(toString()).isNotNull();
            replayed.apply(update.changes().json(true).json());
            shown(update.result());
        }

        @Override
        public void ended(RuntimeException reason) {
            assertThat(over).as("%s ended twice", this).isFalse();
            boolean inVain = reason instanceof FeedTooLargeException && run.inVain() >= run.limits.feed();
            if (replayed != null && !run.silent && !inVain) {
                assertThat(run.feed.lastState())
                        .as("%s ended by %s, with %s", this, reason, run.limits)
                        .isGreaterThanOrEqualTo(firstState(reason));
            }
            over = true;
            run.ended(this);
        }

        /** The first state with too many rows for it, counting those of older windows that are open or have just ended. */
        private int firstState(RuntimeException reason) {
            List<Restriction> theirs = new ArrayList<>(List.of(restriction));
            int most = run.limits.window();
            if (reason instanceof FeedTooLargeException) {
                most = run.limits.feed();
                Stream.concat(run.clients.stream().filter(older -> !older.over), run.justEnded())
                        .filter(older -> older.window != null && older.window.number() < window.number())
                        .forEach(older -> theirs.add(older.restriction));
            } else {
                assertThat(reason).isInstanceOf(WindowTooLargeException.class);
            }
            int ended = state;
            while (ended <= run.feed.lastState() && run.feed.rows(ended, theirs).size() <= most) {
                ended++;
            }
            return ended;
        }

        void close() {
            window.close();
            over = true;
            run.ended(this);
        }

        void showsTheLastState() {
            if (!over) {
                assertThat(replayed).as("%s was opened", this).isNotNull();
                assertThat(replayed.json()).as("%s at the end", this).isEqualTo(json(run.feed.lastState()));
            }
        }

        private void shown(Result result) {
            run.shown++;
            assertThat(over).as("%s is told although it is over", this).isFalse();
            String json = new String(result.json(), UTF_8);
            assertThat(replayed.json()).as("%s, replayed", this).isEqualTo(json);
            assertThat(replayed.keys()).as(toString()).doesNotHaveDuplicates();
            if (!run.silent) {
                isOneCommittedState(result, json);
            }
        }

        private void isOneCommittedState(Result result, String json) {
            int before = state;
            while (state <= run.feed.lastState() && !json(state).equals(json)) {
                state++;
            }
            assertThat(state)
                    .as(
                            "%s shows what was committed at no time since %s of %s: %s",
                            this, before, run.feed.lastState(), json)
                    .isLessThanOrEqualTo(run.feed.lastState());
            assertThat(result.digest())
                    .as(toString())
                    .isEqualTo(Result.of(run.feed.rows(state, List.of(restriction)))
                            .digest());
            Span span = restriction.span();
            if (span.start() <= 0
                    && span.end() >= LAST_DATE
                    && restriction.selection().isAll()) {
                assertThat(replayed.sum()).as("%s, sum", this).isEqualTo(TOTAL);
            }
        }

        private String json(int state) {
            return ReplayedRows.array(run.feed.rows(state, List.of(restriction)));
        }

        @Override
        public String toString() {
            return "seed " + run.seed + ", step " + run.step + ", " + restriction;
        }
    }
}
