package io.laneway.gateway.traffic.page;

import io.laneway.router.access.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page with places for values, <code>{{status}}</code> and such, cut at them when it is read. Values are escaped for HTML
 * wherever they are put. Immutable.
 */
public final class PageTemplate {

    /** A request of a hundred bytes is not to cost a response of megabytes, least when the gateway is overloaded. */
    static final int MOST_BYTES = 64 << 10;

    private static final String READABLE = "a readable file";
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /** One more than there are values: texts surround them. */
    private final List<String> texts;

    private final List<PageValue> values;
    private final int length;

    private PageTemplate(List<String> texts, List<PageValue> values) {
        this.texts = texts;
        this.values = values;
        this.length = texts.stream().mapToInt(String::length).sum();
    }

    /**
     * Reads a file.
     *
     * @throws PageFailure if it is missing or no template
     */
    public static PageTemplate read(Path file) throws PageFailure {
        try {
            RegularFile.require(file);
            // before it is read: a wrong name may lead to a file of gigabytes
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw tooLarge(file.toString(), size);
            }
            return of(file.toString(), RegularFile.bytes(file));
        } catch (NoSuchFileException e) {
            throw new PageFailure(file + " does not exist", READABLE, e);
        } catch (IOException e) {
            throw new PageFailure(file + " cannot be read: " + e.getMessage(), READABLE, e);
        }
    }

    static PageTemplate of(String file, byte[] bytes) throws PageFailure {
        if (bytes.length > MOST_BYTES) {
            throw tooLarge(file, bytes.length);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PageFailure(file + ": not UTF-8", "a page in UTF-8", e);
        }
        List<String> texts = new ArrayList<>();
        List<PageValue> values = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf(CLOSE, open);
            String name =
                    close < 0 ? "" : text.substring(open + OPEN.length(), close).strip();
            PageValue value = PageValue.named(name);
            if (value == null) {
                throw unknown(file, text, open, close < 0 ? text.length() : close + CLOSE.length());
            }
            texts.add(text.substring(from, open));
            values.add(value);
            from = close + CLOSE.length();
        }
        texts.add(text.substring(from));
        return new PageTemplate(List.copyOf(texts), List.copyOf(values));
    }

    private static PageFailure tooLarge(String file, long bytes) {
        return new PageFailure(file + " has " + bytes + " bytes", "at most " + MOST_BYTES, null);
    }

    private static PageFailure unknown(String file, String text, int open, int end) {
        long line = text.substring(0, open).chars().filter(c -> c == '\n').count() + 1;
        String shown = text.substring(open, Math.min(end, open + 40))
                .lines()
                .findFirst()
                .orElse(OPEN);
        return new PageFailure(file + ":" + line + ": " + shown, "{{name}} with one of " + PageValue.NAMES, null);
    }

    /** The page about a problem, in UTF-8. */
    public byte[] render(LocalProblem problem) {
        StringBuilder page = new StringBuilder(length + 256);
        for (int i = 0; i < values.size(); i++) {
            page.append(texts.get(i));
            Html.escape(values.get(i).of(problem), page);
        }
        page.append(texts.get(values.size()));
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }
}
