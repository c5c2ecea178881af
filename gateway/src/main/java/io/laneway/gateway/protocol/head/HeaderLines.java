package io.laneway.gateway.protocol.head;

import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Header lines in one growable byte array, each {@code name: value CRLF}, with an index over them. Confined to one
 * event loop; used again for message after message.
 *
 * <p>Lines are kept one after the other as they were received. Removing marks a line in the index, adding writes a line
 * behind the last one, so that {@linkplain #writeTo writing} copies whole runs of adjacent lines. Bytes
 * before the first line belong to the start line of the message. Slices handed out stay valid until the next line is
 * added or the lines are cleared.
 */
public final class HeaderLines {

    private static final int START = 0;
    private static final int NAME_LENGTH = 1;
    private static final int VALUE = 2;
    private static final int VALUE_LENGTH = 3;
    private static final int END = 4;
    private static final int HASH = 5;
    private static final int FIELD = 6;
    private static final int REMOVED = 7;
    private static final int STRIDE = 8;

    private static final Field[] FIELDS = Field.values();
    private static final int INITIAL_BYTES = 1024;
    private static final int INITIAL_LINES = 16;

    private byte[] array = new byte[INITIAL_BYTES];
    private int end;
    private int[] index = new int[INITIAL_LINES * STRIDE];
    private int count;
    private long fields;
    private long hashes;

    /** Forgets all lines and the start line before them; keeps the array unless it grew beyond {@code keep} bytes. */
    public void clear(int keep) {
        if (array.length > keep) {
            array = new byte[INITIAL_BYTES];
            index = new int[INITIAL_LINES * STRIDE];
        }
        end = 0;
        count = 0;
        fields = 0;
        hashes = 0;
    }

    /** Becomes a copy of other lines and the start line before them. */
    void copyOf(HeaderLines other) {
        array = Arrays.copyOf(other.array, other.array.length);
        end = other.end;
        index = Arrays.copyOf(other.index, other.index.length);
        count = other.count;
        fields = other.fields;
        hashes = other.hashes;
    }

    /** The bytes, replaced by a larger array when they grow. */
    public byte[] array() {
        return array;
    }

    /** Where the next line goes, just behind the last one. */
    public int end() {
        return end;
    }

    /** Sets where the next line goes. For codecs that fill the array themselves. */
    public void end(int end) {
        this.end = end;
    }

    /** Makes room for bytes up to {@code capacity} and returns the array. */
    public byte[] reserve(int capacity) {
        if (capacity > array.length) {
            // A power of two, so that what grew step by step is as long as what may be kept and not a byte longer.
            array = Arrays.copyOf(array, Integer.highestOneBit(capacity - 1) << 1);
        }
        return array;
    }

    /** Enters into the index a line that a codec has put in the array; it ends, CRLF included, at {@code lineEnd}. */
    public @Nullable Field enter(int start, int nameLength, int value, int valueLength, int lineEnd) {
        int hash = HeaderName.hash(array, start, nameLength);
        Field field = Field.find(array, start, nameLength, hash);
        enter(start, nameLength, value, valueLength, lineEnd, hash, field);
        return field;
    }

    private void enter(
            int start, int nameLength, int value, int valueLength, int lineEnd, int hash, @Nullable Field field) {
        int base = count * STRIDE;
        if (base == index.length) {
            index = Arrays.copyOf(index, base * 2);
        }
        index[base + START] = start;
        index[base + NAME_LENGTH] = nameLength;
        index[base + VALUE] = value;
        index[base + VALUE_LENGTH] = valueLength;
        index[base + END] = lineEnd;
        index[base + HASH] = hash;
        index[base + FIELD] = field == null ? -1 : field.number();
        index[base + REMOVED] = 0;
        hashes |= 1L << hash;
        if (field != null) {
            fields |= field.bit();
        }
        count++;
        end = lineEnd;
    }

    /** How many lines were entered, removed ones included. */
    public int count() {
        return count;
    }

    /** Whether a line was removed. */
    public boolean isRemoved(int line) {
        return index[line * STRIDE + REMOVED] != 0;
    }

    /** Where the name of a line, and with it the line, starts. */
    public int nameOffset(int line) {
        return index[line * STRIDE + START];
    }

    public int nameLength(int line) {
        return index[line * STRIDE + NAME_LENGTH];
    }

    public int valueOffset(int line) {
        return index[line * STRIDE + VALUE];
    }

    /** The length of the value, white space around it left out. */
    public int valueLength(int line) {
        return index[line * STRIDE + VALUE_LENGTH];
    }

    /** The known field of a line, or null. */
    public @Nullable Field field(int line) {
        int number = index[line * STRIDE + FIELD];
        return number < 0 ? null : FIELDS[number];
    }

    /** Points {@code into} at the value of a line. */
    public void value(int line, Slice into) {
        into.set(array, valueOffset(line), valueLength(line));
    }

    /** The bits of all known fields that were entered; a field may have been removed since. */
    public long fields() {
        return fields;
    }

    /** Whether any of the fields in a set of bits may be present. */
    public boolean mayHave(long bits) {
        return (fields & bits) != 0;
    }

    /** The first line of a field that is not removed, from line {@code from} on, or -1. */
    public int find(Field field, int from) {
        if ((fields & field.bit()) == 0) {
            return -1;
        }
        int number = field.number();
        for (int line = from, base = from * STRIDE; line < count; line++, base += STRIDE) {
            if (index[base + FIELD] == number && index[base + REMOVED] == 0) {
                return line;
            }
        }
        return -1;
    }

    /** The first line of that name that is not removed, from line {@code from} on, or -1. */
    public int find(HeaderName name, int from) {
        int hash = name.hash();
        if ((hashes & 1L << hash) == 0) {
            return -1;
        }
        for (int line = from, base = from * STRIDE; line < count; line++, base += STRIDE) {
            if (index[base + HASH] == hash
                    && index[base + REMOVED] == 0
                    && name.matches(array, index[base + START], index[base + NAME_LENGTH])) {
                return line;
            }
        }
        return -1;
    }

    /** Points {@code into} at the value of the first line of a field; false, with {@code into} cleared, if none. */
    public boolean first(Field field, Slice into) {
        int line = find(field, 0);
        if (line < 0) {
            into.clear();
            return false;
        }
        value(line, into);
        return true;
    }

    /** Removes a line. */
    public void remove(int line) {
        index[line * STRIDE + REMOVED] = 1;
    }

    /** Removes every line of a field. */
    public void remove(Field field) {
        for (int line = find(field, 0); line >= 0; line = find(field, line + 1)) {
            remove(line);
        }
    }

    /** Removes every line of that name. */
    public void remove(HeaderName name) {
        for (int line = find(name, 0); line >= 0; line = find(name, line + 1)) {
            remove(line);
        }
    }

    /** Adds a line. The value must be free of control characters; its characters are written as ISO-8859-1. */
    public void add(HeaderName name, CharSequence value) {
        int start = begin(name);
        text(value);
        finish(start, name.bytes().length);
    }

    /** Adds a line from bytes, which may lie in this very array. */
    public void add(HeaderName name, byte[] from, int offset, int length) {
        int start = begin(name);
        append(from, offset, length);
        finish(start, name.bytes().length);
    }

    /** Adds a line with a number that is not negative. */
    public void add(HeaderName name, long value) {
        int start = begin(name);
        end = Ascii.number(reserve(end + Ascii.MAX_DIGITS), end, value);
        finish(start, name.bytes().length);
    }

    /** As {@link #add(HeaderName, byte[], int, int)}; what is known of a field need not be found out. */
    public void add(Field field, byte[] from, int offset, int length) {
        int start = begin(field.header());
        append(from, offset, length);
        finish(start, field);
    }

    /** As {@link #add(HeaderName, long)}. */
    public void add(Field field, long value) {
        int start = begin(field.header());
        end = Ascii.number(reserve(end + Ascii.MAX_DIGITS), end, value);
        finish(start, field);
    }

    /** Adds a line of a field that is ready, {@code name: value CRLF} with one space. */
    public void addLine(byte[] line, Field field) {
        int start = end;
        append(line, 0, line.length);
        int nameLength = field.header().bytes().length;
        int hash = field.header().hash();
        enter(start, nameLength, start + nameLength + 2, line.length - nameLength - 4, end, hash, field);
    }

    /** Starts a line whose value is then appended piece by piece; ended by {@link #finish}. Returns where it starts. */
    public int begin(HeaderName name) {
        int start = end;
        append(name.bytes(), 0, name.bytes().length);
        reserve(end + 2);
        array[end++] = ':';
        array[end++] = ' ';
        return start;
    }

    /** Appends bytes to the line that was begun; they may lie in this very array. */
    public void append(byte[] from, int offset, int length) {
        byte[] source = from;
        reserve(end + length);
        System.arraycopy(source, offset, array, end, length);
        end += length;
    }

    /** Appends characters, as ISO-8859-1, to the line that was begun. */
    public void text(CharSequence value) {
        int length = value.length();
        reserve(end + length);
        for (int i = 0; i < length; i++) {
            array[end++] = (byte) value.charAt(i);
        }
    }

    /** Ends the line that was begun at {@code start}. */
    public void finish(int start, int nameLength) {
        int value = start + nameLength + 2;
        int valueLength = end - value;
        endLine();
        enter(start, nameLength, value, valueLength, end);
    }

    /** Ends the line of a field that was begun at {@code start}. */
    public void finish(int start, Field field) {
        HeaderName name = field.header();
        int value = start + name.bytes().length + 2;
        int valueLength = end - value;
        endLine();
        enter(start, name.bytes().length, value, valueLength, end, name.hash(), field);
    }

    private void endLine() {
        reserve(end + 2);
        array[end++] = '\r';
        array[end++] = '\n';
    }

    /** How many bytes are written at most, start line included. */
    public int sizeHint() {
        return end;
    }

    /** Writes the lines that are not removed. */
    public void writeTo(ByteBuf out) {
        write(out, 0, 0);
    }

    /** Writes the start line, as it is before the first line, and the lines that are not removed. */
    public void writeWithStart(ByteBuf out) {
        write(out, 0, count == 0 ? end : index[START]);
    }

    private void write(ByteBuf out, int from, int to) {
        int run = from;
        int runEnd = to;
        for (int line = 0, base = 0; line < count; line++, base += STRIDE) {
            if (index[base + REMOVED] != 0) {
                continue;
            }
            int start = index[base + START];
            if (start != runEnd) {
                if (runEnd > run) {
                    out.writeBytes(array, run, runEnd - run);
                }
                run = start;
            }
            runEnd = index[base + END];
        }
        if (runEnd > run) {
            out.writeBytes(array, run, runEnd - run);
        }
    }
}
