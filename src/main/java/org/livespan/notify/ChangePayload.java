package org.livespan.notify;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.livespan.change.Change;
import org.livespan.change.ChangeDate;
import org.livespan.change.Operation;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * Parses the text of a notification.
 *
 * <p>There are three forms. {@code {"key": "insert|update|delete|truncate", "value": "schema.table|FROM|TO"}} is what the
 * triggers of {@code sql/livespan.sql} send, and {@code {"key": "update", "value": "schema.table|FROM|TO|FROM|TO"}} if the
 * old and the new dates lie apart. {@code {"key": "insert|update", "value": "table|DATE"}} is what older row triggers send,
 * DATE being the result of {@code ||}; such an update names the new date only, and the row may have left any other, so it
 * stands for any date.
 */
public final class ChangePayload {

    /** A table's name may hold any character, also a bar; a date holds none, so all are read from the end. */
    private static final Pattern SPAN = Pattern.compile("(.+)\\|([^|]*)\\|([^|]*)", Pattern.DOTALL);

    private static final Pattern TWO_SPANS =
            Pattern.compile("(.+)\\|([^|]+)\\|([^|]+)\\|([^|]+)\\|([^|]+)", Pattern.DOTALL);

    private static final Pattern SINGLE = Pattern.compile("([^|]+)\\|([^|]+)", Pattern.DOTALL);

    private static final JsonProvider JSON = JsonProvider.provider();

    private ChangePayload() {}

    /** @throws UnreadablePayloadException if it is none of the forms; the message says what is wrong with it */
    public static Change read(String payload) throws UnreadablePayloadException {
        JsonObject object = object(payload);
        Operation operation = operation(text(object, "key"));
        String value = text(object, "value");
        try {
            return change(operation, value);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UnreadablePayloadException("its value is not table|FROM|TO: " + e.getMessage());
        }
    }

    private static Change change(Operation operation, String value) throws UnreadablePayloadException {
        // Including what only looks like dates: two of those are not part of a table's name
        Matcher two = TWO_SPANS.matcher(value);
        if (two.matches() && ChangeDate.isPrinted(two.group(2)) && ChangeDate.isPrinted(two.group(3))) {
            if (operation != Operation.UPDATE) {
                throw new UnreadablePayloadException("only an update's value is table|FROM|TO|FROM|TO");
            }
            return change(operation, two.group(1), two.group(2), two.group(3), two.group(4), two.group(5));
        }
        Matcher span = SPAN.matcher(value);
        if (span.matches() && span.group(2).isEmpty() && span.group(3).isEmpty()) {
            return Change.anyDate(operation, span.group(1));
        }
        if (span.matches() && ChangeDate.isDate(span.group(2))) {
            return change(operation, span.group(1), span.group(2), span.group(3));
        }
        Matcher single = SINGLE.matcher(value);
        if (single.matches() && ChangeDate.isPrinted(single.group(2))) {
            String date = single.group(2);
            return operation == Operation.INSERT && ChangeDate.isDate(date)
                    ? change(operation, single.group(1), date, date)
                    : Change.anyDate(operation, single.group(1));
        }
        throw new UnreadablePayloadException("its value is not table|FROM|TO");
    }

    /** @param ends FROM and TO of each span */
    private static Change change(Operation operation, String table, String... ends) {
        DateType type = ChangeDate.parse(ends[0]).type();
        var spans = new ArrayList<Span>();
        for (int i = 0; i < ends.length; i += 2) {
            ChangeDate from = ChangeDate.parse(ends[i]);
            if (from.type() != type) {
                throw new IllegalArgumentException("its two spans are not of one type");
            }
            spans.add(from.to(ChangeDate.parse(ends[i + 1])));
        }
        return new Change(operation, table, type, SpanSet.of(spans));
    }

    private static Operation operation(String key) throws UnreadablePayloadException {
        for (Operation operation : Operation.values()) {
            if (operation.name().toLowerCase(Locale.ROOT).equals(key)) {
                return operation;
            }
        }
        throw new UnreadablePayloadException("its key is not insert, update, delete or truncate");
    }

    private static JsonObject object(String payload) throws UnreadablePayloadException {
        try (var reader = JSON.createReader(new StringReader(payload))) {
            return reader.readObject();
        } catch (RuntimeException e) { // not only JsonException: Parsson throws others for what is nested too deeply
            throw new UnreadablePayloadException("it is not a JSON object");
        }
    }

    private static String text(JsonObject object, String name) throws UnreadablePayloadException {
        if (object.get(name) instanceof JsonString string) {
            return string.getString();
        }
        throw new UnreadablePayloadException("it has no string \"" + name + "\"");
    }
}
