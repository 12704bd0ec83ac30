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
 * @param vary the request's headers by which the answer differs, for {@code Vary}; null if there are none
 */
public record ContentEncoding(boolean gzip, String vary) {

    /** These headers and those of the encoding. */
    public Map<String, String> with(Map<String, String> headers) {
        var all = new HashMap<>(headers);
        if (vary != null) {
            all.put(HttpHeaders.VARY, vary);
        }
        if (gzip) {
            all.put(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return all;
    }

    /** An answer without content: it says only that another client's could differ. */
    public ResponseBuilder vary(ResponseBuilder answer) {
        return answer.header(HttpHeaders.VARY, vary);
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
