package io.laneway.replay.diff.place;

/** The value of what is not there, which is another than JSON's null. */
public enum Absent {
    ABSENT;

    @Override
    public String toString() {
        return "absent";
    }
}
