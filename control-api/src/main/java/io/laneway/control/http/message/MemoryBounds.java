package io.laneway.control.http.message;

/**
 * What calls may take of the heap, in bytes: decision 0102. Immutable.
 *
 * @param table       largest table, as a body and as it is kept
 * @param tableValues values of a table's document
 * @param bodies      bodies of all calls that are under way
 * @param replies     large responses that clients have not taken yet
 * @param answers     what gateways said to all questions that are open
 */
public record MemoryBounds(long table, int tableValues, long bodies, long replies, long answers) {

    private static final long MAX_TABLE = 64L << 20;
    private static final int TABLE_PART = 64;
    private static final int CALLS_PART = 8;
    private static final long MAX_ANSWERS = 64L << 20;
    private static final int ANSWERS_PART = 16;
    private static final int VALUE_BYTES = 1024;

    /** The bounds of a process with this heap. */
    public static MemoryBounds of(long heap) {
        return new MemoryBounds(
                Math.min(MAX_TABLE, heap / TABLE_PART),
                (int) Math.min(Integer.MAX_VALUE, heap / VALUE_BYTES),
                heap / CALLS_PART,
                heap / CALLS_PART,
                Math.min(MAX_ANSWERS, heap / ANSWERS_PART));
    }

    /** The bounds of this process. */
    public static MemoryBounds here() {
        return of(Runtime.getRuntime().maxMemory());
    }
}
