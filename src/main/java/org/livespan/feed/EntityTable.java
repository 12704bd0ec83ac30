package org.livespan.feed;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/**
 * How an entity maps to its table, by its annotations (Jakarta Persistence, field access), and the JPQL that reads a span
 * of it.
 */
final class EntityTable<E> {

    private final Class<E> type;
    private final Field date;
    private final Field key;
    private final DateType dateType;

    EntityTable(Class<E> type, String dateAttribute) {
        this.type = type;
        this.date = field(dateAttribute);
        this.key = idField();
        this.dateType = typeOf(date);
        date.setAccessible(true);
        key.setAccessible(true);
    }

    Class<E> type() {
        return type;
    }

    DateType dateType() {
        return dateType;
    }

    /** Without a schema in {@code @Table}, the one that PostgreSQL's default search path finds. */
    TableName table() {
        Table table = type.getAnnotation(Table.class);
        String schema = table == null || table.schema().isEmpty() ? "public" : table.schema();
        String name = table == null || table.name().isEmpty() ? entityName() : table.name();
        return new TableName(catalogueName(schema), catalogueName(name));
    }

    String dateColumn() {
        return column(date);
    }

    String keyColumn() {
        return column(key);
    }

    /** For each member of a row's JSON the column that it shows. */
    Map<String, String> columnsByMember() {
        return attributes().collect(toMap(EntityTable::member, EntityTable::column, (one, other) -> one, TreeMap::new));
    }

    /**
     * The columns of a native query for entities, in SQL. Each has the very name by which the persistence provider looks for it:
     * some tell upper from lower case, and expect upper case where no name is given.
     *
     * @param row the name of the row in the query
     */
    String nativeColumns(String row) {
        return attributes()
                .map(field -> row + "." + SqlNames.quoted(column(field)) + " as " + SqlNames.quoted(label(field)))
                .collect(joining(", "));
    }

    private Stream<Field> attributes() {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && !field.isSynthetic()
                        && !field.isAnnotationPresent(Transient.class));
    }

    private static String member(Field field) {
        JsonbProperty property = field.getAnnotation(JsonbProperty.class);
        return property == null || property.value().isEmpty()
                ? field.getName().replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT)
                : property.value();
    }

    private static String label(Field field) {
        Column column = field.getAnnotation(Column.class);
        return column == null || column.name().isEmpty()
                ? field.getName().toUpperCase(Locale.ROOT)
                : unquoted(column.name());
    }

    /** Native statements for its rows. */
    TableQuery query() {
        return new TableQuery(table(), dateColumn(), dateType, List.of(keyColumn()), true);
    }

    /** @param spans at least one, the earliest first */
    String jpql(List<Span> spans) {
        String attribute = "row." + date.getName();
        var where = new StringJoiner(" or ");
        for (int i = 0; i < spans.size(); i++) {
            where.add(within(spans.get(i), attribute, i));
        }
        return "select row from " + entityName() + " row where " + where + " order by " + attribute + ", row."
                + key.getName();
    }

    private static String within(Span span, String attribute, int index) {
        var bounds = new StringJoiner(" and ", "(", ")").add(attribute + " is not null");
        if (!span.isOpenAtStart()) {
            bounds.add(attribute + " >= :start" + index);
        }
        if (!span.isOpenAtEnd()) {
            bounds.add(attribute + " <= :end" + index);
        }
        return bounds.toString();
    }

    /** The first value of the column that is not before the time, as the attribute's type holds it. */
    Object firstFrom(long columnTime) {
        LocalDateTime time = ColumnTime.toLocalDateTime(columnTime);
        boolean midnight = time.toLocalTime().equals(LocalTime.MIDNIGHT);
        return dateType == DateType.DATE && !midnight ? time.toLocalDate().plusDays(1) : lastUntil(columnTime);
    }

    /** The last value of the column that is not after the time, as the attribute's type holds it. */
    Object lastUntil(long columnTime) {
        LocalDateTime time = ColumnTime.toLocalDateTime(columnTime);
        return switch (dateType) {
            case TIMESTAMPTZ -> time.atOffset(ZoneOffset.UTC);
            case TIMESTAMP -> time;
            case DATE -> time.toLocalDate();
        };
    }

    /** The row's date in column time. */
    long date(E row) {
        Object value = value(date, row);
        return ColumnTime.of(
                switch (dateType) {
                    case TIMESTAMPTZ -> Infinity.utc((OffsetDateTime) value);
                    case TIMESTAMP -> (LocalDateTime) value;
                    case DATE -> ((LocalDate) value).atStartOfDay();
                });
    }

    Object key(E row) {
        return value(key, row);
    }

    private Object value(Field field, E row) {
        try {
            return field.get(row);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }

    private String entityName() {
        Entity entity = type.getAnnotation(Entity.class);
        return entity == null || entity.name().isEmpty() ? type.getSimpleName() : entity.name();
    }

    private Field field(String attribute) {
        try {
            return type.getDeclaredField(attribute);
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException(type.getName() + " has no attribute " + attribute, e);
        }
    }

    private Field idField() {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Id.class))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " has no @Id field"));
    }

    private static DateType typeOf(Field date) {
        if (date.getType() == OffsetDateTime.class) {
            return DateType.TIMESTAMPTZ;
        }
        if (date.getType() == LocalDateTime.class) {
            return DateType.TIMESTAMP;
        }
        if (date.getType() == LocalDate.class) {
            return DateType.DATE;
        }
        throw new IllegalArgumentException(date + " must be an OffsetDateTime, LocalDateTime or LocalDate");
    }

    private static String column(Field field) {
        Column column = field.getAnnotation(Column.class);
        return catalogueName(column == null || column.name().isEmpty() ? field.getName() : column.name());
    }

    /** PostgreSQL folds unquoted names to lower case. */
    private static String catalogueName(String name) {
        return isQuoted(name) ? unquoted(name) : name.toLowerCase(Locale.ROOT);
    }

    private static String unquoted(String name) {
        return isQuoted(name) ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private static boolean isQuoted(String name) {
        return name.length() > 2 && name.startsWith("\"");
    }
}
