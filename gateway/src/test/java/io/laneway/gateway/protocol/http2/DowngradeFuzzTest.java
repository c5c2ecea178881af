package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.FrameSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Requests in HTTP/2, most of them bent, down to HTTP/1.1: an independent reader finds in what is sent on nothing, or
 * exactly the one request that was meant, maybe without its end. Tries the first 1 500 inputs of each property at least,
 * the same on every machine, and more if a second is not over by then; {@code -Dfuzz.seconds=N}, with {@code -Psoak} a
 * minute, tries for so long, and {@code -Dfuzz.seed=N} others. A failure names the input.
 */
class DowngradeFuzzTest {

    private static final int INPUTS = 1_500;
    private static final long SECONDS = Long.getLong("fuzz.seconds", 1);
    private static final long SEED = Long.getLong("fuzz.seed", 20261121);

    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\r",
        "\0",
        " ",
        "\t",
        ":",
        "\u007f",
        "\u0080",
        "#",
        "\\",
        "?",
        "//",
        "/../",
        "%2f",
        "@",
        ",",
        ";",
        "\r\n\r\n",
        "\r\nx-evil: 1",
        " HTTP/1.1\r\nHost: b.test\r\n\r\n",
        "GET /evil HTTP/1.1\r\n\r\n",
        "A",
        ""
    };

    private static final String[][] FIELDS = {
        {"content-length", "5"},
        {"content-length", "0"},
        {"content-length", "-1"},
        {"transfer-encoding", "chunked"},
        {"connection", "close"},
        {"host", "a.test"},
        {"host", "b.test"},
        {"te", "trailers"},
        {"te", "gzip"},
        {"cookie", "a=1"},
        {"cookie", "b=2"},
        {"x-a", "1"},
        {"x-b", ""},
        {"expect", "100-continue"},
        {"upgrade", "h2c"},
        {":path", "/evil"},
        {":protocol", "websocket"},
        {"x-long", "y".repeat(300)},
        {"trailer", "x-t"}
    };

    private final SplittableRandom chance = new SplittableRandom(SEED);

    /** What a client means, before it is bent. */
    private static final class Meant {
        private final List<String[]> fields = new ArrayList<>();
        private final List<String> data = new ArrayList<>();
        private final List<String[]> trailers = new ArrayList<>();
        private boolean ends = true;

        private String of(String name) {
            return fields.stream()
                    .filter(field -> field[0].equals(name))
                    .map(field -> field[1])
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void forwardsTheRequestThatWasMeantOrNothing() {
        int[] whole = new int[1];
        int tried = repeat(() -> {
            Meant meant = meant();
            OneRequest request = read(frames(meant));
            if (request != null) {
                whole[0] += request.whole() ? 1 : 0;
                compare(meant, request);
            }
        });
        assertThat(whole[0]).as("of %s", tried).isGreaterThan(tried / 20);
    }

    @Test
    void forwardsNothingButOneRequestWhateverTheFrames() {
        int[] forwarded = new int[1];
        int tried = repeat(() -> forwarded[0] += read(bent(frames(meant()))) == null ? 0 : 1);
        assertThat(forwarded[0]).as("of %s", tried).isGreaterThan(tried / 100);
    }

    private static OneRequest read(byte[] frames) {
        try {
            return OneRequest.read(Downgrade.of(frames));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + SEED + ": " + new String(frames, StandardCharsets.ISO_8859_1), e);
        }
    }

    private static int repeat(Runnable property) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int tried = 0;
        while (tried < INPUTS || System.nanoTime() < end) {
            property.run();
            tried++;
        }
        return tried;
    }

    private static void compare(Meant meant, OneRequest request) {
        boolean upgrade = !meant.of(":protocol").isEmpty();
        String target = upgrade || !meant.of(":method").equals("CONNECT") ? meant.of(":path") : meant.of(":authority");
        assertThat(request.startLine()).isEqualTo((upgrade ? "GET" : meant.of(":method")) + " " + target + " HTTP/1.1");
        String host = meant.of(":authority").isEmpty() ? meant.of("host") : meant.of(":authority");
        assertThat(OneRequest.value(request.fields(), "host")).isEqualTo(host);
        for (String[] field : meant.fields) {
            if (field[0].startsWith("x-")) {
                assertThat(request.fields()).contains(field[0] + ": " + field[1]);
            }
        }
        assertThat(request.fields())
                .allSatisfy(field -> assertThat(isMeant(meant, field)).as(field).isTrue());
        String body = String.join("", meant.data);
        // What comes behind an announced length ends the stream, but too late for the endpoint to know.
        boolean all = request.whole()
                && OneRequest.value(request.fields(), "content-length").isEmpty();
        assertThat(body).startsWith(request.body());
        assertThat(request.body()).hasSizeGreaterThanOrEqualTo(all ? body.length() : 0);
        assertThat(request.trailers())
                .allSatisfy(line -> assertThat(meant.trailers.stream().map(field -> field[0] + ": " + field[1]))
                        .contains(line));
    }

    /** Whether a line was meant, or is of the framing and the names that the way down changes. */
    private static boolean isMeant(Meant meant, String line) {
        String name = line.substring(0, line.indexOf(':'));
        return List.of("host", "cookie", "connection", "te", "transfer-encoding", "content-length", "upgrade")
                        .contains(name)
                || name.equals("sec-websocket-key")
                || meant.fields.stream().anyMatch(field -> line.equals(field[0] + ": " + field[1]));
    }

    private Meant meant() {
        Meant meant = new Meant();
        boolean post = chance.nextBoolean();
        meant.fields.add(new String[] {":method", post ? "POST" : "GET"});
        meant.fields.add(new String[] {":scheme", "http"});
        meant.fields.add(new String[] {":path", "/x?y=1"});
        meant.fields.add(new String[] {":authority", "a.test"});
        for (int n = chance.nextInt(4); n > 0; n--) {
            meant.fields.add(FIELDS[chance.nextInt(FIELDS.length)].clone());
        }
        for (int n = post ? chance.nextInt(4) : 0; n > 0; n--) {
            meant.data.add(chance.nextBoolean() ? "hello" : PIECES[chance.nextInt(PIECES.length)]);
        }
        if (post && chance.nextInt(3) == 0) {
            meant.trailers.add(new String[] {"x-t", "1"});
        }
        meant.ends = chance.nextInt(10) > 0;
        for (int n = chance.nextInt(3); n > 0; n--) {
            bend(chance.nextInt(8) == 0 && !meant.trailers.isEmpty() ? meant.trailers : meant.fields);
        }
        return meant;
    }

    private void bend(List<String[]> fields) {
        int which = chance.nextInt(fields.size());
        String[] field = fields.get(which);
        int part = chance.nextInt(2);
        int at = chance.nextInt(field[part].length() + 1);
        String piece = PIECES[chance.nextInt(PIECES.length)];
        switch (chance.nextInt(6)) {
            case 0 -> fields.add(field.clone());
            case 1 -> fields.remove(which == 0 && fields.size() == 1 ? 0 : which);
            case 2 -> fields.add(chance.nextInt(fields.size() + 1), FIELDS[chance.nextInt(FIELDS.length)].clone());
            case 3 -> field[part] = piece;
            default -> field[part] = field[part].substring(0, at) + piece + field[part].substring(at);
        }
        if (fields.isEmpty()) {
            fields.add(new String[] {"x-a", "1"});
        }
    }

    private byte[] frames(Meant meant) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        boolean more = !meant.data.isEmpty() || !meant.trailers.isEmpty();
        headers(frames, meant.fields, !more && meant.ends);
        for (int i = 0; i < meant.data.size(); i++) {
            boolean last = i == meant.data.size() - 1 && meant.trailers.isEmpty();
            byte[] data = meant.data.get(i).getBytes(StandardCharsets.ISO_8859_1);
            int flags = last && meant.ends ? FrameSocket.END_STREAM : 0;
            frames.writeBytes(FrameSocket.bytes(data.length, FrameSocket.DATA, flags, 1, data));
        }
        if (!meant.trailers.isEmpty()) {
            headers(frames, meant.trailers, meant.ends);
        }
        return frames.toByteArray();
    }

    private void headers(ByteArrayOutputStream frames, List<String[]> fields, boolean end) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String[] field : fields) {
            block.write(0);
            FrameSocket.literal(block, field[0]);
            FrameSocket.literal(block, field[1]);
        }
        byte[] bytes = block.toByteArray();
        int cut = chance.nextInt(4) == 0 ? chance.nextInt(bytes.length + 1) : bytes.length;
        int flags = (end ? FrameSocket.END_STREAM : 0) | (cut == bytes.length ? FrameSocket.END_HEADERS : 0);
        byte[] first = java.util.Arrays.copyOf(bytes, cut);
        frames.writeBytes(FrameSocket.bytes(first.length, FrameSocket.HEADERS, flags, 1, first));
        if (cut < bytes.length) {
            byte[] rest = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
            frames.writeBytes(
                    FrameSocket.bytes(rest.length, FrameSocket.CONTINUATION, FrameSocket.END_HEADERS, 1, rest));
        }
    }

    /** A few bytes changed, anywhere. */
    private byte[] bent(byte[] frames) {
        byte[] bent = frames.clone();
        for (int n = 1 + chance.nextInt(2); n > 0; n--) {
            bent[chance.nextInt(bent.length)] = (byte) chance.nextInt(256);
        }
        return bent;
    }
}
