package org.livespan.feed;

import java.util.List;
import org.livespan.time.Quoted;

/** A text that is no value of a filter column's type. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String filter;
    private final transient List<String> texts;

    InvalidValueException(FilterColumn column, List<String> texts) {
        super((texts.size() == 1 ? Quoted.of(texts.get(0)) + " is not" : "One of " + texts.size() + " texts is not")
                + " a value of " + column.name() + ", which is of type " + column.typeName() + ".");
        this.filter = column.name();
        this.texts = List.copyOf(texts);
    }

    /** The name of the column. */
    public String filter() {
        return filter;
    }

    /** The text; several if it is one of these. */
    public List<String> texts() {
        return texts;
    }
}
