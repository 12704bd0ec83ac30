package org.livespan.server;

import java.util.List;

/**
 * What an event stream has up to an empty line: an event, or a comment.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">WHATWG HTML,
 *     9.2.6 Interpreting an event stream</a>
 */
public record Frame(List<String> lines) {

    /** The value of a field, its lines joined; null if there is none. A comment is a field without a name. */
    String field(String name) {
        var values = lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).replaceFirst("^ ", ""))
                .toList();
        return values.isEmpty() ? null : String.join("\n", values);
    }

    public String id() {
        return field("id");
    }

    public String name() {
        return field("event");
    }

    public String data() {
        return field("data");
    }

    String comment() {
        return field("");
    }

    List<String> customers() {
        return Rows.customers(data());
    }
}
