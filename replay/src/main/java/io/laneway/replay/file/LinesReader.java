package io.laneway.replay.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.laneway.replay.form.LineReader;
import io.laneway.replay.json.JsonObject;
import io.laneway.replay.json.JsonTree;
import io.laneway.replay.json.UnexpectedJson;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Lines in gzip members, one member in memory at a time. A file that ends within a member was not damaged: its
 * writer was killed, {@link #tail} says so. Confined to one thread.
 */
public final class LinesReader implements AutoCloseable {

    /** Largest member, in bytes of its content; the writer's have 1 MiB and one record more at most. */
    private static final int MAX_MEMBER = 512 * 1024 * 1024;

    private final String file;
    private final Source source;
    private final MemberReader member = new MemberReader(MAX_MEMBER);

    private int next;
    private long linesBefore;
    private long line;
    private long memberStart;
    private long memberEnd;
    private @Nullable Tail tail;

    private LinesReader(String name, Source source) {
        this.file = name;
        this.source = source;
    }

    /** Opens the file. */
    public static LinesReader open(Path path) throws IOException {
        return of(path.toString(), Files.newInputStream(path));
    }

    /** Reads what has this name, and closes it in the end. */
    static LinesReader of(String name, InputStream in) {
        return new LinesReader(name, new Source(in, 0));
    }

    /**
     * Whether the file has its first line. Else its writer has only made it, or was stopped within that line, and it has
     * nothing; nor has one that was removed. A file that is damaged has begun.
     */
    static boolean hasBegun(Path path) throws IOException {
        try (LinesReader reader = open(path)) {
            return reader.nextMember();
        } catch (RecordingDamaged e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Opens the file at the member of that entry. */
    static LinesReader at(Path path, IndexEntry entry) throws IOException {
        InputStream in = Files.newInputStream(path);
        in.skipNBytes(entry.member());
        LinesReader reader = new LinesReader(path.toString(), new Source(in, entry.member()));
        reader.line = entry.linesBefore();
        return reader;
    }

    /** The line that was read last; the first is 1. */
    public long line() {
        return line;
    }

    /** Where the member begins that has the last line. */
    long memberStart() {
        return memberStart;
    }

    /** How many lines the members before that have. */
    long linesBefore() {
        return linesBefore;
    }

    /** Where the last whole member ends. */
    public long memberEnd() {
        return memberEnd;
    }

    /** What was left behind the last whole member, null if nothing was; known at the end. */
    public @Nullable Tail tail() {
        return tail;
    }

    /** The next line, null at the end. */
    public @Nullable JsonObject next() throws IOException {
        while (true) {
            if (next >= member.length() && !nextMember()) {
                return null;
            }
            int from = next;
            int end = lineEnd(from);
            next = end + 1;
            line++;
            if (end > from) {
                return parse(from, end - from);
            }
        }
    }

    /** The first line in its form; {@code expected} is how it looks. */
    public <T> T first(Function<JsonObject, T> form, String expected) throws IOException {
        JsonObject first = next();
        if (first == null || !LineReader.isHeader(first)) {
            line = 1;
            throw damaged(first == null ? "no whole gzip member" : "a line that is no recording's first", expected);
        }
        return read(first, form);
    }

    /** The line that was read last in its form. */
    public <T> T read(JsonObject last, Function<JsonObject, T> form) throws RecordingDamaged {
        try {
            return form.apply(last);
        } catch (UnexpectedJson e) {
            throw damaged(e.what(), e.expected());
        }
    }

    private int lineEnd(int from) {
        byte[] buffer = member.buffer();
        int end = from;
        while (end < member.length() && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private JsonObject parse(int from, int length) throws RecordingDamaged {
        try {
            return JsonObject.of("line", JsonTree.parse(member.buffer(), from, length))
                    .atRoot();
        } catch (JsonProcessingException e) {
            throw damaged("no JSON at column " + e.getLocation().getColumnNr(), "a JSON object in one line");
        } catch (UnexpectedJson e) {
            throw damaged(e.what(), e.expected());
        } catch (IOException e) {
            throw damaged(String.valueOf(e.getMessage()), "a JSON object in one line");
        }
    }

    private boolean nextMember() throws IOException {
        next = 0;
        memberStart = source.position();
        linesBefore = line;
        try {
            int first = source.peek();
            if (first < 0) {
                return ended();
            }
            if (first == 0 && source.onlyZeros()) {
                throw new EOFException();
            }
            member.read(source);
            memberEnd = source.position();
            return true;
        } catch (EOFException e) {
            tail = new Tail(line, memberEnd);
            return ended();
        } catch (MemberDamaged e) {
            throw new RecordingDamaged(file, line + 1, e.getMessage() + " at byte " + memberStart, e.expected());
        }
    }

    private boolean ended() {
        member.clear();
        return false;
    }

    private RecordingDamaged damaged(String what, String expected) {
        return new RecordingDamaged(file, line, what, expected);
    }

    @Override
    public void close() throws IOException {
        member.close();
        source.close();
    }
}
