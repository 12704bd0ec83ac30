package org.livespan.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The content codings that a client accepts, {@code Accept-Encoding}. What cannot be parsed is left out.
 *
 * @param elements of all its lines
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110, section 12.5.3</a>
 */
record AcceptEncoding(List<Element> elements) {

    /** @param weight from 0, not accepted, to 1 */
    private record Element(String coding, double weight) {}

    static AcceptEncoding of(List<String> lines) {
        return new AcceptEncoding(lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(AcceptEncoding::element)
                .filter(element -> element.weight >= 0 && element.weight <= 1)
                .toList());
    }

    private static Element element(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split(";", 2);
        return new Element(parts[0].strip(), parts.length == 1 ? 1 : weight(parts[1].strip()));
    }

    private static double weight(String parameter) {
        return parameter.matches("q=[01](\\.\\d{0,3})?") ? Double.parseDouble(parameter.substring(2)) : -1;
    }

    /** Whether gzip is accepted, and nothing is preferred to it but other compression. */
    boolean prefersGzip() {
        double gzip = Math.max(weightOf("gzip"), weightOf("x-gzip"));
        double any = gzip < 0 ? weightOf("*") : gzip;
        return any > 0 && any >= weightOf("identity");
    }

    /** -1 if it is not listed. */
    private double weightOf(String coding) {
        OptionalDouble listed = elements.stream()
                .filter(element -> element.coding.equals(coding))
                .mapToDouble(Element::weight)
                .max();
        return listed.orElse(-1);
    }
}
