package org.livespan.server;

import java.util.ArrayList;
import java.util.List;

/** JSON taken apart without changing a byte of it. */
final class JsonText {

    private JsonText() {}

    /** The elements of an array, or the members of an object, as they are written. */
    static List<String> pieces(String json) {
        var pieces = new ArrayList<String>();
        int depth = 0;
        int start = 1;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 1) {
                pieces.add(json.substring(start, i));
                start = i + 1;
            }
        }
        if (json.length() > 2) {
            pieces.add(json.substring(start, json.length() - 1));
        }
        return pieces;
    }

    /** A member's value as it is written; fails if there is none. */
    static String member(String object, String name) {
        var label = '"' + name + "\":";
        return pieces(object).stream()
                .filter(piece -> piece.startsWith(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + object))
                .substring(label.length());
    }
}
