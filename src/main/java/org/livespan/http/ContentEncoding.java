package org.livespan.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether an answer is compressed, and what it says of that.
 *
 * @param gzip whether it is compressed with gzip
 * @param varies whether it would be for another client, or is not for another
 */
public record ContentEncoding(boolean gzip, boolean varies) {

    /** These headers and those of the encoding. */
    public Map<String, String> with(Map<String, String> headers) {
        var all = new HashMap<>(headers);
        if (varies) {
            all.put(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (gzip) {
            all.put(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return all;
    }

    /** An answer without content: it says only that another client's could differ. */
    public ResponseBuilder vary(ResponseBuilder answer) {
        return varies ? answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING) : answer;
    }

    /**
     * The entity tag of a result. Compressed, it is weak: other bytes, the same rows.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3">RFC 9110, section 8.8.3.3</a>
     */
    public EntityTag tag(String digest) {
        return new EntityTag(digest, gzip);
    }
}
