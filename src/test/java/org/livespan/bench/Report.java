package org.livespan.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures, as a table for people and as one line of JSON. */
final class Report {

    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();

    void add(String name, double figure, String remark) {
        figures.put(name, figure);
        remarks.put(name, remark);
        System.out.printf("  %s: %s %s%n", name, text(figure), remark);
    }

    String table() {
        return figures.keySet().stream()
                .map(name -> "| " + name + " | " + text(figures.get(name)) + " | " + remarks.get(name) + " |\n")
                .collect(Collectors.joining("", "| what | figure | |\n|---|---:|---|\n", ""));
    }

    String json() {
        return figures.keySet().stream()
                .map(name -> "\"" + name + "\": " + text(figures.get(name)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String text(double figure) {
        return figure == Math.rint(figure) ? Long.toString((long) figure) : String.format(Locale.ROOT, "%.1f", figure);
    }
}
