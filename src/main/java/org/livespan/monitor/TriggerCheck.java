package org.livespan.monitor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.livespan.feed.SqlNames;
import org.livespan.feed.TableName;

/**
 * Checks the triggers of a table, its partitions and its children: whether all changes are heard, and which may not be.
 *
 * @param table the watched table
 * @param column the date column that the triggers must have; empty for any
 * @param channel the channel that the listener listens to
 */
record TriggerCheck(TableName table, Optional<String> column, String channel) {

    /**
     * @param family the table first, as {@link TableTriggers#of} has it
     * @param statement the statement that watches the table by a column, null for the one that fits best
     */
    Stream<Trouble> troubles(List<TableTriggers> family, UnaryOperator<String> statement) {
        if (family.isEmpty()) {
            return Stream.empty();
        }
        TableTriggers root = family.get(0);
        String run = " Run: " + statement.apply(root.dateColumn());
        return Stream.concat(
                ofTable(root, run).or(() -> doubtOfOrigin(family, run)).stream(),
                root.count() == 0 ? Stream.empty() : ofMembers(family, run));
    }

    private Optional<Trouble> ofTable(TableTriggers root, String run) {
        String name = SqlNames.written(table);
        if (root.count() == 0) {
            return Optional.of(Trouble.unheard(name + " is not watched." + run));
        }
        boolean fits = column.map(wanted -> wanted.equals(root.dateColumn())).orElse(true);
        if (!fits || !Objects.equals(channel, root.channel())) {
            return Optional.of(Trouble.unheard(
                    name + " is watched by column " + root.dateColumn() + " on channel " + root.channel() + "." + run));
        }
        if (root.areMissing()) {
            return Optional.of(Trouble.unheard(name + " lacks some of the four triggers of livespan.watch." + run));
        }
        return root.areSilent()
                ? Optional.of(Trouble.unheard("triggers of livespan.watch are disabled on " + name + "." + run))
                : Optional.empty();
    }

    private static Optional<Trouble> doubtOfOrigin(List<TableTriggers> family, String run) {
        return family.stream()
                .filter(TableTriggers::areForOriginOnly)
                .findFirst()
                .map(member ->
                        Trouble.doubt("misses changes made with session_replication_role = replica: the triggers on "
                                + SqlNames.written(member.table()) + " are not enabled as ALWAYS." + run));
    }

    /** What is written through the table is heard whatever its members lack. Rows of a child are written to the child. */
    private static Stream<Trouble> ofMembers(List<TableTriggers> family, String run) {
        List<TableTriggers> lacking = family.stream()
                .filter(member -> !member.isRoot() && (member.areMissing() || member.areSilent()))
                .toList();
        Optional<TableTriggers> deaf = lacking.stream()
                .filter(member -> !member.isPartition() || member.areSilent())
                .findFirst();
        if (deaf.isPresent()) {
            return Stream.of(Trouble.unheard(
                    "changes written directly to " + SqlNames.written(deaf.get().table())
                            + " are not notified: its triggers are missing or disabled." + run));
        }
        return lacking.stream()
                .limit(1)
                .map(partition -> Trouble.doubt("misses changes written directly to "
                        + SqlNames.written(partition.table()) + ", a partition added after livespan.watch." + run));
    }
}
