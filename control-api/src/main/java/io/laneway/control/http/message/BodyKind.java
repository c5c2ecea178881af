package io.laneway.control.http.message;

/** What the body of a call is about, which bounds its size. */
public enum BodyKind {
    /** A gateway's report; of 10 000 series it has about 3 MB, and some 300 000 values. */
    REPORT {
        @Override
        long bytes(MemoryBounds bounds) {
            return 4L << 20;
        }

        @Override
        int values(MemoryBounds bounds) {
            return Math.min(1 << 19, bounds.tableValues());
        }
    },
    /** One object; a service with 6 000 deployments has about 1 MB. */
    OBJECT {
        @Override
        long bytes(MemoryBounds bounds) {
            return 4L << 20;
        }
    },
    /** Many objects; a table of 800 services and 30 000 deployments has about 2 MB. */
    TABLE {
        @Override
        long bytes(MemoryBounds bounds) {
            return bounds.table();
        }

        @Override
        int values(MemoryBounds bounds) {
            return bounds.tableValues();
        }
    };

    private static final int VALUES = 1 << 18;

    abstract long bytes(MemoryBounds bounds);

    /** How many values a document may hold, each of which takes memory whatever its text. */
    int values(MemoryBounds bounds) {
        return Math.min(VALUES, bounds.tableValues());
    }
}
