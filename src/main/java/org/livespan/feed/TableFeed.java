package org.livespan.feed;

import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.livespan.change.Change;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * A feed over any table or view, described by settings only.
 *
 * <p>What only the database knows about the table is looked up when it is first needed, and again after a failure or a
 * reconnect. So a missing table affects its own feed only, and only until it exists.
 */
final class TableFeed implements Feed {

    private final FeedSettings settings;
    private final Database database;
    private final TableCatalogue catalogue;
    private final FilterCatalogue filterCatalogue;
    private final FilterLookup filters = new FilterLookup(this::filterColumns);

    /** Replaced as a whole, so that a look-up which began earlier cannot store its result. */
    private volatile AtomicReference<TableQuery> found = new AtomicReference<>();

    TableFeed(FeedSettings settings, Database database, TableCatalogue catalogue, FilterCatalogue filterCatalogue) {
        this.filterCatalogue = filterCatalogue;
        this.settings = settings;
        this.database = database;
        this.catalogue = catalogue;
    }

    FeedSettings settings() {
        return settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public TableName table() {
        return settings.table();
    }

    @Override
    public List<TableName> watched() {
        return settings.watched();
    }

    @Override
    public String dateColumn() {
        return settings.dateColumn();
    }

    @Override
    public DateType dateType() {
        return query().dateType();
    }

    @Override
    public List<String> keyColumns() {
        return settings.key();
    }

    @Override
    public List<String> filters() {
        return settings.filters();
    }

    @Override
    public Optional<Selection> known(List<Filter> given) {
        return filters.known(given);
    }

    @Override
    public Span span(DateRange range) {
        return range.in(dateType(), settings.zone());
    }

    /** Does not ask the database, because this runs on the listening thread. */
    @Override
    public SpanSet touchedBy(Change change) {
        boolean own = settings.watched().isEmpty();
        boolean touched = (own ? List.of(table()) : settings.watched())
                .stream().anyMatch(table -> change.touches(table.schema(), table.name()));
        if (!touched || own && !change.isFor(rowColumns())) {
            return SpanSet.NONE;
        }
        TableQuery known = found.get();
        return own && known != null ? change.spansFor(known.dateType()) : SpanSet.ALL;
    }

    @Override
    public FeedSnapshot snapshot() {
        return snapshot(query -> query.lockable() ? database.snapshot(table()) : database.snapshot(), this::lookAnew);
    }

    /** A failure says nothing about the table. */
    @Override
    public FeedSnapshot auditSnapshot(Duration patience) {
        return snapshot(query -> database.yieldingSnapshot(patience), () -> {});
    }

    private FeedSnapshot snapshot(Function<TableQuery, DatabaseSnapshot> begin, Runnable onFailure) {
        try {
            TableQuery query = query();
            Filters columns = found(filters::get);
            return new TableSnapshot(name(), query, columns, begin.apply(query), onFailure);
        } catch (PersistenceException e) {
            onFailure.run();
            throw SqlState.unreadable(name(), e);
        }
    }

    @Override
    public void requireReadable() {
        catalogue.query(settings);
        filterColumns();
    }

    @Override
    public String origin() {
        return "livespan.feeds";
    }

    @Override
    public Optional<String> doubtOfKey() {
        return catalogue.doubtOfKey(settings);
    }

    @Override
    public void lookAnew() {
        found = new AtomicReference<>();
        filters.lookAnew();
    }

    private List<FilterColumn> filterColumns() {
        return filterCatalogue.find(table(), Map.of(), settings.filters(), settings.bound(), name());
    }

    private TableQuery query() {
        AtomicReference<TableQuery> present = found;
        if (present.get() == null) {
            present.set(found(() -> catalogue.query(settings)));
        }
        return present.get();
    }

    private <T> T found(Supplier<T> lookUp) {
        try {
            return lookUp.get();
        } catch (UnreadableTableException e) {
            throw e.isForbidden() ? new FeedForbiddenException(name(), e) : new FeedUnavailableException(name(), e);
        } catch (PersistenceException e) {
            throw new FeedUnavailableException(name(), e);
        }
    }
}
