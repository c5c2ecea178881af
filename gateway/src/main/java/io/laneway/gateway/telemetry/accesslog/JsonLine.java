package io.laneway.gateway.telemetry.accesslog;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import java.nio.charset.StandardCharsets;

/** Finished requests as the lines that the access log has for them in JSON. Confined to one thread. */
public final class JsonLine {

    private final JsonFormat format = new JsonFormat();
    private final LineBuffer line = new LineBuffer(format.escape(), format.keepsUtf8());

    /** The line, without its end. */
    public String of(ExchangeRecord exchange) {
        line.clear();
        format.append(exchange, line);
        return new String(line.array(), 0, line.length() - 1, StandardCharsets.UTF_8);
    }
}
