package io.laneway.replay.file;

/**
 * What is left behind the last whole member of a file whose writer was killed. Immutable.
 *
 * @param line the last line that was read
 * @param position in the file, where the last whole member ends
 */
public record Tail(long line, long position) {

    @Override
    public String toString() {
        return "ends within a gzip member at byte " + position + ", behind line " + line
                + ": its writer was stopped; everything before was read";
    }
}
