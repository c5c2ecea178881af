package io.laneway.control.http.message;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a response from a file without reading it into memory, and deletes the file whatever comes of it. Stateless. */
final class SentFile {

    private static final Logger log = LoggerFactory.getLogger(SentFile.class);

    private SentFile() {}

    static void send(RoutingContext ctx, Reply reply, Path file) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            delete(ctx, file);
            return;
        }
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status())
                .putHeader("cache-control", "no-store")
                .putHeader("content-type", reply.type())
                .sendFile(file.toString())
                .onComplete(sent -> delete(ctx, file));
    }

    private static void delete(RoutingContext ctx, Path file) {
        ctx.vertx()
                .fileSystem()
                .delete(file.toString())
                .onFailure(
                        e -> log.atWarn().setCause(e).addKeyValue("file", file).log("file cannot be deleted"));
    }
}
