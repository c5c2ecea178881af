package io.laneway.gateway.traffic.token;

import io.laneway.router.access.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A JWK Set in a file of this machine. Immutable. */
record KeyFile(Path path, Executor worker) implements KeyDocument {

    @Override
    public CompletableFuture<byte[]> read() {
        return CompletableFuture.supplyAsync(this::bytes, worker);
    }

    private byte[] bytes() {
        try {
            return RegularFile.bytes(path);
        } catch (IOException e) {
            throw new IllegalStateException(path + " cannot be read: " + e, e);
        }
    }
}
