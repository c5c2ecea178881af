package io.laneway.replay.diff.place;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The request whose responses are compared. Confined to one thread. */
public final class CurrentRequest {

    private final int number;
    private final String id;
    private final Supplier<String> curl;
    private @Nullable RequestLine line;

    /**
     * A request.
     *
     * @param number another than every other's
     * @param curl made once it is wanted
     */
    public CurrentRequest(int number, String id, Supplier<String> curl) {
        this.number = number;
        this.id = id;
        this.curl = curl;
    }

    int number() {
        return number;
    }

    String id() {
        return id;
    }

    RequestLine line() {
        RequestLine known = line;
        if (known == null) {
            known = new RequestLine(id, curl.get());
            line = known;
        }
        return known;
    }
}
