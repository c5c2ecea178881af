package io.laneway.gateway.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One case of the corpus: a file, of which {@code corpus/README.md} tells the form. Immutable. */
public record CorpusCase(String name, Map<String, String> settings, Map<String, String> sections) {

    /** All cases of a folder of the corpus, by name. */
    public static List<CorpusCase> all(String folder) {
        try {
            Path root = Path.of(Objects.requireNonNull(CorpusCase.class.getResource("/corpus/" + folder))
                    .toURI());
            try (Stream<Path> files = Files.list(root)) {
                return files.sorted().map(CorpusCase::read).toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(folder, e);
        }
    }

    private static CorpusCase read(Path file) {
        try {
            return parse(file.getFileName().toString().replace(".txt", ""), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CorpusCase parse(String name, List<String> lines) {
        Map<String, String> settings = new HashMap<>();
        Map<String, StringBuilder> sections = new HashMap<>();
        StringBuilder section = null;
        for (String line : lines) {
            if (line.startsWith("--- ")) {
                section = sections.computeIfAbsent(line.substring(4).trim(), key -> new StringBuilder());
            } else if (section != null) {
                section.append(line).append('\n');
            } else if (!line.startsWith("#") && !line.isBlank()) {
                String[] parts = line.split(":", 2);
                settings.put(parts[0].trim(), parts[1].trim());
            }
        }
        Map<String, String> texts = new HashMap<>();
        sections.forEach((key, text) -> texts.put(key, text.toString()));
        return new CorpusCase(name, Map.copyOf(settings), Map.copyOf(texts));
    }

    String setting(String key, String other) {
        return settings.getOrDefault(key, other);
    }

    public boolean has(String section) {
        return sections.containsKey(section);
    }

    /** The lines of a section without the empty ones at its end. */
    String text(String section) {
        return sections.getOrDefault(section, "").stripTrailing();
    }

    /** The bytes that a section spells. */
    public byte[] bytes(String section) {
        return spell(sections.getOrDefault(section, ""));
    }

    /** The words of a section. */
    List<String> words(String section) {
        return List.of(text(section).trim().split("\\s+"));
    }

    /** Line ends of the file count for nothing; {@code \}-escapes stand for bytes. */
    static byte[] spell(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c == '\\') {
                i = escape(text, i, out);
            } else if (c != '\n') {
                out.write(c);
            }
        }
        return out.toByteArray();
    }

    private static int escape(String text, int at, ByteArrayOutputStream out) {
        char kind = text.charAt(at);
        switch (kind) {
            case 'r' -> out.write('\r');
            case 'n' -> out.write('\n');
            case 't' -> out.write('\t');
            case '0' -> out.write(0);
            case '\\' -> out.write('\\');
            case 'x' -> {
                out.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
                return at + 3;
            }
            case '{' -> {
                int colon = text.indexOf(':', at);
                int end = text.indexOf('}', colon);
                byte[] piece = spell(text.substring(colon + 1, end));
                int times = Integer.parseInt(text.substring(at + 1, colon));
                for (int i = 0; i < times; i++) {
                    out.writeBytes(piece);
                }
                return end + 1;
            }
            default ->
                throw new IllegalArgumentException("\\" + kind + " (expected: \\r \\n \\t \\0 \\\\ \\xHH \\{N:text})");
        }
        return at + 1;
    }

    /** The other way round: CRLF becomes a line end, other bytes that are not plain text become escapes. */
    static String show(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        String raw = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\r' && i + 1 < raw.length() && raw.charAt(i + 1) == '\n') {
                text.append('\n');
                i++;
            } else if (c == '\\') {
                text.append("\\\\");
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\x%02x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return name;
    }

    static List<String> lines(String text) {
        return new ArrayList<>(List.of(text.split("\n", -1)));
    }
}
