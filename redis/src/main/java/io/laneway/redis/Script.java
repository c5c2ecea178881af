package io.laneway.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A script of one key, which is sent whole to a server that does not know it yet. Immutable. */
final class Script {

    private final String text;
    private final String digest;
    private final ScriptOutputType output;

    Script(String resource, ScriptOutputType output) {
        this.text = read(resource);
        this.digest = digest(text);
        this.output = output;
    }

    <T> CompletionStage<T> run(RedisClusterAsyncCommands<String, String> commands, String key, String... arguments) {
        String[] keys = {key};
        CompletableFuture<T> known =
                commands.<T>evalsha(digest, output, keys, arguments).toCompletableFuture();
        return known.exceptionallyCompose(error -> unknown(error)
                ? commands.<T>eval(text, output, keys, arguments)
                : CompletableFuture.failedFuture(error));
    }

    private static boolean unknown(Throwable error) {
        return error instanceof RedisNoScriptException
                || (error instanceof CompletionException && error.getCause() instanceof RedisNoScriptException);
    }

    private static String read(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + ": absent");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As servers name scripts. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
