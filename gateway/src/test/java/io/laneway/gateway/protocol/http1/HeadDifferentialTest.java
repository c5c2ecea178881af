package io.laneway.gateway.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever our reader accepts, Netty's reads alike: method, target and every header line, on generated and mutated heads. */
class HeadDifferentialTest {

    private static final long SEED = 20261121;
    private static final int CASES = 60_000;
    private static final String[] TARGETS = {"/", "/a/b?c=d&e", "*", "/%2e%2e/x", "http://h.test/p?q", "//x"};
    private static final String[] NAMES = {"Accept", "X-A", "Cookie", "baggage", "Content-Type", "x_y", "A!#$%&'*+.^`|~"
    };
    private static final String[] VALUES = {"", "a", "a b\tc", "x, y", "\u00e9\u00ff", "k=v;p", "  padded  ", "1:2"};
    private static final String NOISE = "\r\n\t :,;\u0000\u000b\u007f\u0080 aZ0#/%";

    @Test
    void readsWhatItAcceptsAsNettyDoes() {
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = mutated(generated(random), random);
            List<String> ours = ours(bytes);
            if (ours != null) {
                accepted++;
                assertThat(netty(bytes))
                        .as("case %d: %s", i, new String(bytes, StandardCharsets.ISO_8859_1))
                        .isEqualTo(ours);
            }
        }
        assertThat(accepted).isBetween(CASES / 10, CASES);
    }

    private static String generated(Random random) {
        StringBuilder head = new StringBuilder();
        String target = pick(TARGETS, random);
        head.append(target.equals("*") ? "OPTIONS" : pick(new String[] {"GET", "POST", "DELETE", "X-Y"}, random));
        head.append(' ').append(target).append(random.nextInt(20) == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        head.append("Host: h.test\r\n");
        for (int n = random.nextInt(6); n > 0; n--) {
            head.append(pick(NAMES, random))
                    .append(": ")
                    .append(pick(VALUES, random))
                    .append("\r\n");
        }
        if (random.nextInt(4) == 0) {
            head.append("Content-Length: ").append(random.nextInt(3)).append("\r\n");
        }
        if (random.nextInt(6) == 0) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static byte[] mutated(String head, Random random) {
        StringBuilder text = new StringBuilder(head);
        for (int n = random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(text.length());
            char noise = NOISE.charAt(random.nextInt(NOISE.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, noise);
                case 1 -> text.insert(at, noise);
                case 2 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 12)));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String pick(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }

    /** What we read, or null if we refuse or want more. Hop-by-hop lines are listed too, since Netty lists them. */
    private static List<String> ours(byte[] bytes) {
        RequestHead head = new RequestHead();
        RequestParser parser = new RequestParser(head, 65_536, 8_192, 100, 8_192);
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        if (parser.read(in) != HeadReader.Result.DONE) {
            return null;
        }
        List<String> read = new ArrayList<>();
        Slice slice = new Slice();
        head.method(slice);
        read.add(text(slice));
        for (int line = 0; line < head.lines().count(); line++) {
            byte[] array = head.lines().array();
            slice.set(array, head.lines().nameOffset(line), head.lines().nameLength(line));
            String name = text(slice);
            head.lines().value(line, slice);
            if (!isAdded(name)) {
                read.add(name + ": " + text(slice));
            }
        }
        return read;
    }

    /** The reader itself writes Host in lower case where the target or HTTP/1.0 settles it. */
    private static boolean isAdded(String name) {
        return name.equals("host");
    }

    private static String text(Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), StandardCharsets.ISO_8859_1);
    }

    private static List<String> netty(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        HttpRequest request = channel.readInbound();
        List<String> read = new ArrayList<>();
        if (request != null && request.decoderResult().isSuccess()) {
            read.add(request.method().name());
            request.headers().forEach(header -> {
                if (!isAdded(header.getKey())) {
                    read.add(header.getKey() + ": " + header.getValue());
                }
            });
        }
        channel.finishAndReleaseAll();
        return read;
    }
}
