package io.laneway.replay.diff.json;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Members whose names a schema declares: none of them is an identifier. Confined to one thread. */
public final class DeclaredMembers extends LinkedHashMap<String, @Nullable Object> {

    private static final long serialVersionUID = 1L;
}
