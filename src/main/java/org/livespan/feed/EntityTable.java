package org.livespan.feed;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.lang.reflect.Field;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/**
 * How an entity maps to its table, as its own annotations say (Jakarta Persistence, field access), and the JPQL that
 * reads a span of it.
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

    String jpql(Span span) {
        String attribute = "row." + date.getName();
        var where = new StringJoiner(" and ").add(attribute + " is not null");
        if (span.start() != null) {
            where.add(attribute + " >= :start");
        }
        if (span.end() != null) {
            where.add(attribute + " <= :end");
        }
        return "select row from " + entityName() + " row where " + where + " order by " + attribute + ", row."
                + key.getName();
    }

    /** A time of the column as the attribute's type holds it. */
    Object parameter(LocalDateTime columnTime) {
        return switch (dateType) {
            case TIMESTAMPTZ -> columnTime.atOffset(ZoneOffset.UTC);
            case TIMESTAMP -> columnTime;
            case DATE -> columnTime.toLocalDate();
        };
    }

    /** The row's date in column time; infinity is the last or first that Java has. */
    LocalDateTime date(E row) {
        try {
            Object value = date.get(row);
            return switch (dateType) {
                case TIMESTAMPTZ -> Infinity.utc((OffsetDateTime) value);
                case TIMESTAMP -> Infinity.of((LocalDateTime) value);
                case DATE -> Infinity.of(((LocalDate) value).atStartOfDay());
            };
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(date + " cannot be read", e);
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
        throw new IllegalArgumentException(
                date + " is no OffsetDateTime, LocalDateTime or LocalDate, so its rows belong to no span");
    }

    private static String column(Field field) {
        Column column = field.getAnnotation(Column.class);
        return catalogueName(column == null || column.name().isEmpty() ? field.getName() : column.name());
    }

    /** PostgreSQL folds what is not quoted to lower case. */
    private static String catalogueName(String name) {
        return name.length() > 2 && name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }
}
