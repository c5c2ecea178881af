package io.laneway.router.decision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads the page of decision cases: the last block of YAML above a row is its table, the heading its section. */
final class DecisionCases {

    private static final int COLUMNS = 7;

    /** One row of the page, as written. */
    record Case(
            DecisionProbe table,
            String section,
            String name,
            String listener,
            List<String> request,
            String requested,
            String served,
            String reason,
            List<String> endpoints) {}

    private final List<Case> cases = new ArrayList<>();
    private final StringBuilder yaml = new StringBuilder();
    private String section = "";
    private boolean inYaml;
    private DecisionProbe table = DecisionProbe.over("{}");

    private DecisionCases() {}

    static List<Case> read(Path page) {
        try {
            DecisionCases reader = new DecisionCases();
            Files.readAllLines(page).forEach(reader::line);
            return reader.cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) {
        if (line.startsWith("```")) {
            if (inYaml) {
                table = DecisionProbe.over(yaml.toString());
            }
            yaml.setLength(0);
            inYaml = !inYaml;
        } else if (inYaml) {
            yaml.append(line).append('\n');
        } else if (line.startsWith("## ")) {
            section = line.substring(3);
        } else if (line.startsWith("| ") && !line.startsWith("| case ")) {
            cases.add(row(cells(line)));
        }
    }

    private static String[] cells(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != COLUMNS + 2) {
            throw new IllegalArgumentException(line + " (expected: " + COLUMNS + " columns)");
        }
        return Arrays.stream(cells, 1, COLUMNS + 1).map(String::strip).toArray(String[]::new);
    }

    private Case row(String[] cells) {
        List<String> request = Stream.of(cells[2].split("<br>"))
                .map(each -> each.substring(1, each.length() - 1))
                .toList();
        List<String> endpoints = cells[6].isEmpty() ? List.of() : List.of(cells[6].split(", *"));
        return new Case(table, section, cells[0], cells[1], request, cells[3], cells[4], cells[5], endpoints);
    }
}
