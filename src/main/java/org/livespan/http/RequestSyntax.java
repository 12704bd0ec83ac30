package org.livespan.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Checks the syntax of those parts of a request that servers parse, or fail to parse, in different ways. Missing parts are
 * empty.
 *
 * <p>The patterns never backtrack, so that no text takes them long; long texts are not matched at all.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5">RFC 9110, Content Negotiation Fields</a>
 */
final class RequestSyntax {

    /** For longer texts, a server's pattern, or this one, may need a deep stack. */
    private static final int MOST_CHARACTERS = 4_000;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String TYPE = TOKEN + "/" + TOKEN;

    /** RESTEasy takes a comma or semicolon for the end of an element even in quotes. */
    private static final String QUOTED = "\"[^\",;\\\\]*+\"";

    private static final String QUALITY = "[qQ]\\s*+=\\s*+(?:0(?:\\.\\d{0,3}+)?+|1(?:\\.0{0,3}+)?+|\\.\\d{1,3}+)";
    private static final String OTHER = "(?![qQ]\\s*+=)" + TOKEN + "\\s*+=\\s*+(?:" + TOKEN + "|" + QUOTED + ")";
    private static final String PARAMETERS = "(?:\\s*+;\\s*+(?:" + QUALITY + "|" + OTHER + ")?+)*+";

    /** Java's old HTTP client sends a single star. */
    private static final Pattern ACCEPT = Pattern.compile(list("(?:" + TYPE + "|\\*)" + PARAMETERS));

    /** Including underscores, which are wrong but common. */
    private static final Pattern LANGUAGES = Pattern.compile(list("[*0-9A-Za-z_-]++" + PARAMETERS));

    private static final Pattern CONTENT_TYPE = Pattern.compile("\\s*+(?:" + TYPE + PARAMETERS + ")?+\\s*+");

    private RequestSyntax() {}

    private static String list(String element) {
        return "\\s*+(?:" + element + ")?+(?:\\s*+,\\s*+(?:" + element + ")?+)*+\\s*+";
    }

    static boolean isAccept(String value) {
        return matches(ACCEPT, value);
    }

    static boolean isLanguages(String value) {
        return matches(LANGUAGES, value);
    }

    static boolean isContentType(String value) {
        return matches(CONTENT_TYPE, value);
    }

    private static boolean matches(Pattern pattern, String value) {
        return value.length() <= MOST_CHARACTERS && pattern.matcher(value).matches();
    }

    /** Whether all percent-encodings are complete and UTF-8. Other characters are not checked. */
    static boolean isEncoded(String text) {
        var bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                bytes.put((byte) ' ');
            } else if (i + 2 < text.length() && hex(text, i + 1) >= 0 && hex(text, i + 2) >= 0) {
                bytes.put((byte) (hex(text, i + 1) << 4 | hex(text, i + 2)));
                i += 2;
            } else {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int hex(String text, int index) {
        return Character.digit(text.charAt(index), 16);
    }
}
