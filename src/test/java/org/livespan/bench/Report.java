package org.livespan.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures, as a table for people and as one line of JSON. */
final class Report {

    private final List<Figure> figures;
    private final String prefix;

    /** @param goal {@link Double#NaN} if there is none */
    private record Figure(String name, double value, double goal, String remark) {}

    Report() {
        this(new ArrayList<>(), "");
    }

    private Report(List<Figure> figures, String prefix) {
        this.figures = figures;
        this.prefix = prefix;
    }

    /** The same report; the names of figures that are added through it begin with this. */
    Report under(String begin) {
        return new Report(figures, prefix + begin);
    }

    void add(String name, double value) {
        add(name, value, Double.NaN);
    }

    void add(String name, double value, double goal) {
        add(name, value, goal, "");
    }

    void add(String name, double value, double goal, String remark) {
        var figure = new Figure(prefix + name, value, goal, remark);
        figures.add(figure);
        System.out.printf("  %s: %s %s%n", figure.name(), text(value), remark);
    }

    String table() {
        return figures.stream()
                .map(figure -> "| %s | %s | %s | %s |%n"
                        .formatted(figure.name(), text(figure.value()), text(figure.goal()), figure.remark()))
                .collect(Collectors.joining("", "| what | figure | goal | |%n|---|---:|---:|---|%n".formatted(), ""));
    }

    String json() {
        return figures.stream().map(Report::json).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String json(Figure figure) {
        var goal = Double.isNaN(figure.goal()) ? "" : ", \"goal\": " + text(figure.goal());
        return "\"%s\": {\"figure\": %s%s}".formatted(figure.name(), text(figure.value()), goal);
    }

    private static String text(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }
}
