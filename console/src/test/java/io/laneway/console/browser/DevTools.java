package io.laneway.console.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A connection to a browser: commands with their results, and events by session. Safe for many threads. */
final class DevTools implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, JsonNode>> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final WebSocket socket;

    DevTools(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Messages())
                .join();
    }

    /** Takes the events of a session: their method and parameters. */
    void listen(String session, BiConsumer<String, JsonNode> listener) {
        sessions.put(session, listener);
    }

    /** Sends a command and waits for its result; an empty session is the browser itself. */
    JsonNode send(String session, String method, ObjectNode parameters) {
        int id = last.incrementAndGet();
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", parameters);
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        open.put(id, result);
        synchronized (socket) {
            socket.sendText(command.toString(), true).join();
        }
        try {
            return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " " + parameters, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> result = open.remove(message.get("id").asInt());
            if (result != null && message.has("error")) {
                result.completeExceptionally(
                        new IllegalStateException(message.get("error").toString()));
            } else if (result != null) {
                result.complete(message.path("result"));
            }
        } else {
            BiConsumer<String, JsonNode> listener =
                    sessions.get(message.path("sessionId").asText());
            if (listener != null) {
                listener.accept(message.get("method").asText(), message.path("params"));
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Joins the pieces of messages. */
    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean whole) {
            text.append(piece);
            if (whole) {
                String message = text.toString();
                text.setLength(0);
                try {
                    take(JSON.readTree(message));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException(message, e);
                }
            }
            from.request(1);
            return null;
        }
    }
}
