package org.livespan.feed;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What the database knows about a feed's filter columns, looked up when it is first needed. Values that somebody asks for are kept
 * when it is looked up again, unless a column was altered.
 */
final class FilterLookup {

    private final Supplier<List<FilterColumn>> catalogue;

    /** Replaced as a whole, so that a look-up which began earlier cannot store its result. */
    private volatile AtomicReference<Filters> found = new AtomicReference<>();

    private final AtomicReference<Filters> last = new AtomicReference<>(Filters.NONE);

    /** @param catalogue asks the database */
    FilterLookup(Supplier<List<FilterColumn>> catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * @throws UnreadableTableException if a column does not exist, or cannot be a filter
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    Filters get() {
        AtomicReference<Filters> present = found;
        if (present.get() == null) {
            List<FilterColumn> columns = catalogue.get();
            present.set(last.updateAndGet(before -> before.with(columns)));
        }
        return present.get();
    }

    /** See {@link Feed#known}. */
    Optional<Selection> known(List<Filter> given) {
        if (given.isEmpty()) {
            return Optional.of(Selection.ALL);
        }
        Filters present = found.get();
        return present == null ? Optional.empty() : present.known(given);
    }

    void lookAnew() {
        found = new AtomicReference<>();
    }
}
