package io.laneway.gateway.testkit;

import io.laneway.testkit.Programs;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * One page of a real browser without a window, driven over the DevTools protocol. All hosts that end in {@code .test} are
 * loopback to it.
 */
public final class Chromium implements AutoCloseable {

    private static final int SECONDS = 30;

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final WebSocket socket;

    /**
     * Starts one.
     *
     * @param folder  for its profile
     * @param options further options of its command line
     */
    public Chromium(Path folder, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Programs.chromium().orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--no-proxy-server",
                "--disable-background-networking",
                "--host-resolver-rules=MAP *.test 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        command.add("about:blank");
        try {
            process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            socket = http.newWebSocketBuilder()
                    .buildAsync(page(devTools()), new Listener())
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the browser does not start", e);
        }
        call("Page.enable", new JsonObject());
    }

    private String devTools() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String mark = "DevTools listening on ws://";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(mark)) {
                Thread rest = new Thread(() -> lines.lines().forEach(ignored -> {}), "chromium-log");
                rest.setDaemon(true);
                rest.start();
                return line.substring(mark.length(), line.indexOf('/', mark.length()));
            }
        }
        throw new IOException("no DevTools");
    }

    private URI page(String authority) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + "/json/list"))
                .build();
        JsonArray targets =
                new JsonArray(http.send(request, BodyHandlers.ofString()).body());
        for (int i = 0; i < targets.size(); i++) {
            if (targets.getJsonObject(i).getString("type").equals("page")) {
                return URI.create(targets.getJsonObject(i).getString("webSocketDebuggerUrl"));
            }
        }
        throw new IOException("no page among " + targets);
    }

    /** Opens an address, and waits until its page has loaded. */
    public void open(String url) {
        JsonObject result = call("Page.navigate", new JsonObject().put("url", url));
        if (result.containsKey("errorText")) {
            throw new IllegalStateException(url + ": " + result.getString("errorText"));
        }
        loaded(url);
    }

    /** Waits until a page of that address has loaded. */
    public void loaded(String url) {
        Awaitility.await()
                .atMost(SECONDS, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(() ->
                        evaluate("document.readyState + ' ' + location.href").equals("complete " + url));
    }

    /** The value of an expression in the page, or of the promise that it is. */
    public String evaluate(String expression) {
        JsonObject result = call(
                "Runtime.evaluate",
                new JsonObject()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true)
                        .put("userGesture", true));
        if (result.containsKey("exceptionDetails")) {
            throw new IllegalStateException(
                    result.getJsonObject("exceptionDetails").encodePrettily());
        }
        return String.valueOf(result.getJsonObject("result").getValue("value"));
    }

    /** The text of the page's body. */
    public String text() {
        return evaluate("document.body.innerText");
    }

    /** Calls a method of the protocol. */
    public JsonObject call(String method, JsonObject parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(
                        new JsonObject()
                                .put("id", id)
                                .put("method", method)
                                .put("params", parameters)
                                .encode(),
                        true)
                .join();
        JsonObject message = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (message.containsKey("error")) {
            throw new IllegalStateException(method + ": " + message.getJsonObject("error"));
        }
        return message.getJsonObject("result");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                JsonObject whole = new JsonObject(message.toString());
                message.setLength(0);
                CompletableFuture<JsonObject> answer = waiting.remove(whole.getInteger("id", 0));
                if (answer != null) {
                    answer.complete(whole);
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
