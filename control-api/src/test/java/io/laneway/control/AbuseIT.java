package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls of any size and shape against a control API with a heap of 128 MiB, a quarter of what the launcher gives at least.
 * 60 calls in the build, {@code -Dlaneway.abuse=10000} for more, {@code -Dlaneway.abuse.heap=512m} for what the launcher
 * gives.
 */
class AbuseIT {

    private static final int CALLS = Integer.getInteger("laneway.abuse", 60);
    private static final String HEAP = System.getProperty("laneway.abuse.heap", "128m");
    private static final int AT_ONCE = 12;
    private static final int MIB = 1 << 20;
    private static final int KEPT_LINES = 30;

    @TempDir
    Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Deque<String> last = new ConcurrentLinkedDeque<>();
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private Process victim;
    private String url;

    @BeforeEach
    void start() throws Exception {
        victim = KillLoopIT.start(HEAP, List.of(directory.toString()));
        url = KillLoopIT.url(victim);
        Thread drain = new Thread(this::drain);
        drain.setDaemon(true);
        drain.start();
    }

    /** What it logs goes to its standard output; the last lines are kept for a failure. */
    private void drain() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last.addLast(line);
                if (last.size() > KEPT_LINES) {
                    last.pollFirst();
                }
            }
        } catch (IOException e) {
            // It has ended.
        }
    }

    @AfterEach
    void stop() throws Exception {
        victim.destroyForcibly().waitFor();
    }

    @Test
    void aBodyBeyondTheBoundOfItsKindIsRefusedWhileItIsRead() throws Exception {
        assertThat(send("POST", "/v1/gateways/g/report", text(4 * MIB + 1), false))
                .isEqualTo(413);
        assertThat(send("POST", "/v1/gateways/g/report", text(4 * MIB + 1), true))
                .isEqualTo(413);
        assertThat(send("PUT", "/v1/lanes/f-1", text(4 * MIB + 1), false)).isEqualTo(413);
        assertThat(send("PUT", "/v1/lanes/f-1", text(4 * MIB + 1), true)).isEqualTo(413);
        // The bound of a table is a 64th of the heap here.
        assertThat(send("PUT", "/v1/table", text(5 * MIB), false)).isEqualTo(413);
        assertThat(send("PUT", "/v1/table", text(5 * MIB), true)).isEqualTo(413);
        assertThat(announced("PUT", "/v1/table", 100L * MIB)).contains(" 413 ");
        assertThat(announced("POST", "/v1/gateways/g/report", 4L * MIB + 1)).contains(" 413 ");
        assertThat(send("PUT", "/v1/lanes/f-1", text(4 * MIB), false))
                .as("at the bound it is read")
                .isEqualTo(422);
    }

    @Test
    void aTableGrowsNoLargerByManySmallCallsThanByOneLargeOne() throws Exception {
        String description = "d".repeat(3 * MIB / 2);
        assertThat(send("PUT", "/v1/lanes/f-1", lane(description), false)).isEqualTo(201);
        assertThat(send("PUT", "/v1/lanes/f-2", lane(description), false)).isEqualTo(413);
        assertThat(send("PUT", "/v1/lanes/f-3", lane("small"), false)).isEqualTo(201);
        assertThat(send("DELETE", "/v1/lanes/f-1", null, false)).isEqualTo(200);
        assertThat(send("PUT", "/v1/lanes/f-2", lane(description), false)).isEqualTo(201);
    }

    @Test
    void callsOfAnySizeAndShapeLeaveItAlive() throws Exception {
        assertThat(send("PUT", "/v1/table", table(10_000), false)).isEqualTo(200);
        List<Socket> slow = slowReaders();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Random random = new Random(i);
            done.add(pool.submit(() -> any(random)));
        }
        for (Future<?> one : done) {
            one.get(2, TimeUnit.MINUTES);
        }
        pool.shutdown();
        for (Socket socket : slow) {
            socket.close();
        }
        System.out.println("abuse: " + CALLS + " calls, answered " + new TreeMap<>(seen) + ", 503 for " + refusals);
        assertThat(victim.isAlive()).isTrue();
        assertThat(send("GET", "/readyz", null, false)).isEqualTo(200);
        // as its 503 says: again after a second, when what waits is done
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> send("PUT", "/v1/table", table(10_000), false) == 200);
        assertThat(seen.keySet())
                .as("each is answered, and none by an error of its own")
                .noneMatch(status -> {
                    return status.startsWith("500") || status.startsWith("0");
                });
    }

    /** Who ask for much and take none of it. */
    private List<Socket> slowReaders() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
            String path = i % 2 == 0 ? "/v1/table" : "/v1/services";
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        return slow;
    }

    private Object any(Random random) throws Exception {
        int n = random.nextInt(14);
        int size = 1 << random.nextInt(23);
        boolean chunked = random.nextBoolean();
        int status = switch (n) {
            case 0 -> send("PUT", "/v1/table", repeated("[", "1,", "1]", size), chunked);
            case 1 -> send("PUT", "/v1/services/s", repeated("{\"deployments\":[", "1,", "1]}", size), chunked);
            case 2 -> send("POST", "/v1/apply", repeated("{\"lanes\":[", "{\"name\":\"x\"},", "{}]}", size), chunked);
            case 3 -> send("PUT", "/v1/table", repeated("- ", "[", "", size), chunked);
            case 4 -> send("PUT", "/v1/lanes/f-" + random.nextInt(9), lane("d".repeat(size / 4)), chunked);
            case 5 -> send("POST", "/v1/gateways/g" + random.nextInt(50) + "/report", text(size), chunked);
            case 6 -> send("POST", "/v1/gateways/g" + random.nextInt(50) + "/report", report(size / 128), chunked);
            case 7 -> send("PUT", "/v1/table", table(5_000 + random.nextInt(10_000)), chunked);
            case 8 -> send("GET", "/v1/revisions/1/diff/" + (1 + random.nextInt(5)), null, false);
            case 9 -> send("GET", "/v1/revisions?limit=1000", null, false);
            case 10 -> send("POST", "/v1/revisions/" + (1 + random.nextInt(3)) + "/restore", null, false);
            case 11 -> send("GET", random.nextBoolean() ? "/v1/table" : "/v1/services", null, false);
            case 12 ->
                send("POST", "/v1/explain", repeated("{\"headers\":{", "\"a\":\"b\",", "\"c\":\"d\"}}", size), chunked);
            default -> send("PUT", "/v1/shifts/s/plan", repeated("a: ", "*b ", "", size), chunked);
        };
        return seen.merge(status + "", 1, Integer::sum);
    }

    private int send(String method, String path, byte[] body, boolean chunked) throws Exception {
        HttpRequest.BodyPublisher publisher = body == null
                ? BodyPublishers.noBody()
                : chunked ? BodyPublishers.ofInputStream(() -> stream(body)) : BodyPublishers.ofByteArray(body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofMinutes(1))
                .method(method, publisher)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 503) {
                refusals.merge(new JsonObject(response.body()).getString("detail"), 1, Integer::sum);
            }
            return response.statusCode();
        } catch (IOException e) {
            // Its answer came before all was sent, and the connection was closed with it.
            assertThat(victim.isAlive())
                    .as(() -> "it lives after " + method + " " + path + "; its last words: " + last)
                    .isTrue();
            return 413;
        }
    }

    private static InputStream stream(byte[] body) {
        return new ByteArrayInputStream(body);
    }

    /** The head of a request whose body is only announced. */
    private String announced(String method, String path, long length) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(20);
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'x');
        return text;
    }

    private static byte[] lane(String description) {
        return ("{\"keep\":true,\"description\":\"" + description + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] repeated(String start, String middle, String end, int size) {
        return (start + middle.repeat(size / middle.length()) + end).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] report(int lanes) {
        String one = "{\"service\":\"a\",\"lane\":\"G0\",\"requested\":\"G0\",\"requests\":1,\"errors\":0},";
        return ("{\"started\":\"1\",\"lanes\":[" + one.repeat(lanes) + one.substring(0, one.length() - 1) + "]}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] table(int deployments) {
        StringBuilder table = new StringBuilder("{\"lanes\":[{\"name\":\"f-1\"}],\"services\":[");
        for (int i = 0; i < deployments; i++) {
            table.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"s-")
                    .append(i)
                    .append("\",\"deployments\":[{\"lane\":\"master\",");
            table.append("\"endpoints\":[\"10.0.0.1:80\"]}]}");
        }
        return table.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
