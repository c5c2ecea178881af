package io.laneway.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation. Immutable.
 *
 * @param path from the root of the repository
 */
record Page(Path path, List<String> lines) {

    /** The root of the repository: tests run in their module's folder. */
    static final Path ROOT = Path.of("..");

    /** Ends a table whose keys a test looks at. */
    static final String END = "<!-- end of keys -->";

    private static final Pattern HEADING = Pattern.compile("#+ +(.*?) *");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)]\\(([^)]*)\\)");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /**
     * A block of code within a page. Immutable.
     *
     * @param line of its first line, from 1
     */
    record Snippet(String language, int line, String text) {}

    /** A link with the line, from 1, that holds it. */
    record Link(int line, String target) {}

    static Page of(String path) {
        try {
            return new Page(Path.of(path), Files.readAllLines(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All pages for people: those of docs, and those that stand in the root and in modules. */
    static List<Page> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            docs,
                            Stream.of("README.md", "CONTRIBUTING.md", "benchmarks/README.md")
                                    .map(ROOT::resolve))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(file -> of(ROOT.relativize(file).toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines outside of code blocks, each with the place it has on the page; others are empty. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.strip().startsWith("```");
            prose.add(code || fence ? "" : line);
            code ^= fence;
        }
        return prose;
    }

    List<Link> links() {
        List<Link> links = new ArrayList<>();
        List<String> prose = prose();
        for (int i = 0; i < prose.size(); i++) {
            Matcher link = LINK.matcher(prose.get(i));
            while (link.find()) {
                links.add(new Link(i + 1, link.group(2)));
            }
        }
        return links;
    }

    /** What a link's fragment may name: headings as GitHub makes anchors of them, and anchors by hand. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String line : prose()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                anchors.add(anchor(heading.group(1)));
            }
            ANCHOR.matcher(line).results().forEach(found -> anchors.add(found.group(1)));
        }
        return anchors;
    }

    /** What a link's fragment names a heading by. */
    static String anchor(String heading) {
        return LINK.matcher(heading)
                .replaceAll("$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().startsWith("```")) {
                continue;
            }
            if (start < 0) {
                start = i;
            } else {
                String language = lines.get(start).strip().substring(3);
                String text = String.join("\n", lines.subList(start + 1, i)) + "\n";
                snippets.add(new Snippet(language, start + 2, text));
                start = -1;
            }
        }
        return snippets;
    }

    /** The lines of the table behind a comment such as {@code <!-- keys: Lane -->}; empty if there is none. */
    List<String> table(String name) {
        int begin = lines.indexOf("<!-- " + name + " -->");
        return begin < 0
                ? List.of()
                : lines.stream()
                        .skip(begin)
                        .takeWhile(line -> !line.equals(END))
                        .filter(line -> line.startsWith("| `"))
                        .toList();
    }

    /** The keys of that table: what is set as code in its first column. */
    List<String> keys(String name) {
        return table(name).stream()
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }

    /** The names of tables behind comments of a kind, such as {@code keys}, in the page's order. */
    List<String> tables(String kind) {
        String begin = "<!-- " + kind + ": ";
        return lines.stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length(), line.indexOf(" -->")))
                .toList();
    }

    /** Everything that is set as code in cells of tables, {@code column} counted from 1. */
    Set<String> codeInColumn(int column) {
        Set<String> all = new TreeSet<>();
        for (String line : prose()) {
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            if (line.startsWith("|") && cells.length > column) {
                CODE.matcher(cells[column]).results().forEach(found -> all.add(found.group(1)));
            }
        }
        return all;
    }

    /** Everything that is set as code outside of code blocks. */
    Set<String> code() {
        Set<String> all = new TreeSet<>();
        prose().forEach(line -> CODE.matcher(line).results().forEach(found -> all.add(found.group(1))));
        return all;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
