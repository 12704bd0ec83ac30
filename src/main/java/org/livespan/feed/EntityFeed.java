package org.livespan.feed;

import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.RowColumns;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/**
 * A feed over a JPA entity. To publish an entity, extend this with an application-scoped bean whose constructor names it:
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class InvoicesFeed extends EntityFeed<Invoice> {
 *     public InvoicesFeed() {
 *         super("invoices", Invoice.class, "issuedAt");
 *     }
 * }
 * }</pre>
 *
 * <p>The table and the columns are those of the entity's annotations. Rows are rendered by JSON-B under the columns'
 * names (see {@link EntityJson}). An entity for a feed is flat: one table, no relations.
 *
 * @param <E> the entity
 */
public abstract class EntityFeed<E> implements Feed {

    private final String name;
    private final EntityTable<E> entity;

    private final FilterLookup filters = new FilterLookup(this::filterColumns);

    /** Null until it is first asked for; the settings do not change. */
    private volatile List<String> filterNames;

    @Inject
    Database database;

    @Inject
    FilterCatalogue filterCatalogue;

    @Inject
    EntityJson json;

    @Inject
    Config config;

    @Inject
    @ConfigProperty(name = "livespan.zone", defaultValue = DateRange.DEFAULT_ZONE)
    ZoneId zone;

    /**
     * @param name the name in the URL
     * @param entity the entity's class
     * @param dateAttribute the date attribute: an {@code OffsetDateTime} for a {@code timestamptz}, a {@code LocalDateTime}
     *     for a {@code timestamp}, a {@code LocalDate} for a {@code date}
     * @throws IllegalArgumentException if there is no such attribute, or it is of another type
     */
    protected EntityFeed(String name, Class<E> entity, String dateAttribute) {
        this.name = name;
        this.entity = new EntityTable<>(entity, dateAttribute);
    }

    /** Whether this feed is served; asked once, at the start. */
    public boolean enabled() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TableName table() {
        return entity.table();
    }

    @Override
    public String dateColumn() {
        return entity.dateColumn();
    }

    /** Its keys are what JSON-B makes of Java's values. */
    @Override
    public RowColumns rowColumns() {
        return new RowColumns(dateColumn(), List.of());
    }

    @Override
    public DateType dateType() {
        return entity.dateType();
    }

    @Override
    public List<String> keyColumns() {
        return List.of(entity.keyColumn());
    }

    @Override
    public List<String> filters() {
        if (filterNames == null) {
            filterNames = FeedSettings.filters(name, this::setting);
        }
        return filterNames;
    }

    @Override
    public Optional<Selection> known(List<Filter> given) {
        return filters.known(given);
    }

    private Optional<String> setting(String setting) {
        return config.getOptionalValue(setting, String.class);
    }

    private List<FilterColumn> filterColumns() {
        return filterCatalogue.find(
                table(), entity.columnsByMember(), filters(), FeedSettings.bound(name, this::setting), name);
    }

    @Override
    public void requireReadable() {
        filterColumns();
    }

    @Override
    public void lookAnew() {
        filters.lookAnew();
    }

    @Override
    public Span span(DateRange range) {
        return range.in(
                dateType(),
                config.getOptionalValue("livespan.feeds." + name + ".zone", ZoneId.class)
                        .orElse(zone));
    }

    @Override
    public FeedSnapshot snapshot() {
        return snapshot(() -> database.snapshot(table()));
    }

    @Override
    public FeedSnapshot auditSnapshot(Duration patience) {
        return snapshot(() -> database.yieldingSnapshot(patience));
    }

    private FeedSnapshot snapshot(Supplier<DatabaseSnapshot> begin) {
        try {
            return new EntitySnapshot<>(name, entity, json, filters.get(), begin.get());
        } catch (UnreadableTableException e) {
            throw new FeedUnavailableException(name, e);
        } catch (PersistenceException e) {
            throw SqlState.unreadable(name, e);
        }
    }
}
