package io.laneway.gateway.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.corpus.CorpusCase;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Mutations of the corpus through reader and writer: what is accepted is read alike however it is cut into pieces, again
 * after it was written, and by Netty. Tries the same inputs on every machine, the first 8 000 of each property at least and
 * more if a second is not over by then; {@code -Dfuzz.seconds=N}, with {@code -Psoak} a minute, tries for so long and {@code
 * -Dfuzz.seed=N} others. A failure names the input.
 */
class Http1FuzzTest {

    private static final int INPUTS = 8_000;
    private static final long SECONDS = Long.getLong("fuzz.seconds", 1);
    private static final long SEED = Long.getLong("fuzz.seed", 20261121);

    private final SplittableRandom chance = new SplittableRandom(SEED);

    @Test
    void readsRequestsAlikeHoweverTheyAreCut() {
        Mutations mutations = mutations("send");
        repeat(
                mutations,
                input -> assertThat(texts(Readings.requests(mutations.cut(input))))
                        .as(show(input))
                        .isEqualTo(texts(Readings.requests(input))));
    }

    @Test
    void readsWhatItForwardsAsItReadItBefore() {
        int[] accepted = new int[1];
        int[] tried = new int[1];
        repeat(mutations("send"), input -> {
            tried[0]++;
            for (Readings.Message message : Readings.requests(input)) {
                accepted[0]++;
                List<Readings.Message> again = Readings.requests(message.forwarded());
                assertThat(again).as(show(input)).hasSize(1);
                assertThat(again.get(0).start()).as(show(input)).isEqualTo(message.start());
                assertThat(again.get(0).body()).as(show(input)).isEqualTo(message.body());
                assertThat(again.get(0).forwarded()).as(show(input)).isEqualTo(message.forwarded());
            }
        });
        assertThat(accepted[0]).isGreaterThan(tried[0] / 50);
    }

    @Test
    void forwardsWhatNettyReadsAsOneRequestWithTheSameBody() {
        repeat(mutations("send"), input -> {
            for (Readings.Message message : Readings.requests(input)) {
                Netty netty = Netty.read(new EmbeddedChannel(new HttpRequestDecoder()), message.forwarded());
                assertThat(netty.refused).as(show(input)).isFalse();
                assertThat(netty.messages).as(show(input)).isEqualTo(1);
                assertThat(netty.start)
                        .as(show(input))
                        .isEqualTo(message.start().replaceAll(" @.*", ""));
                assertThat(netty.body.toString()).as(show(input)).isEqualTo(message.data());
            }
        });
    }

    @Test
    void readsResponsesAlikeHoweverTheyAreCutAndAsNettyDoes() {
        Mutations mutations = mutations("answer");
        int[] accepted = new int[1];
        int[] tried = new int[1];
        repeat(mutations, input -> {
            tried[0]++;
            Readings.Message whole = Readings.response(input);
            Readings.Message cut = Readings.response(mutations.cut(input));
            assertThat(cut == null ? null : cut.text()).as(show(input)).isEqualTo(whole == null ? null : whole.text());
            if (whole != null) {
                accepted[0]++;
                Netty netty = Netty.read(new EmbeddedChannel(new HttpResponseDecoder()), input);
                if (!netty.refused) {
                    assertThat(netty.start).as(show(input)).isEqualTo(whole.start());
                    assertThat(netty.first).as(show(input)).isEqualTo(whole.body());
                }
            }
        });
        assertThat(accepted[0]).isGreaterThan(tried[0] / 50);
    }

    private Mutations mutations(String section) {
        List<byte[]> seeds = CorpusCase.all("http1").stream()
                .filter(each -> each.has(section) && each.bytes(section).length > 0)
                .map(each -> each.bytes(section))
                .toList();
        return new Mutations(seeds, chance);
    }

    private static void repeat(Mutations mutations, Consumer<byte[]> property) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int i = 0; i < INPUTS || System.nanoTime() < end; i++) {
            property.accept(mutations.next());
        }
    }

    private static List<String> texts(List<Readings.Message> messages) {
        return messages.stream().map(Readings.Message::text).toList();
    }

    private static String show(byte[] input) {
        return "seed " + SEED + ": " + new String(input, StandardCharsets.ISO_8859_1).replace("\r", "\\r");
    }

    /** What Netty's decoder makes of bytes. */
    private static final class Netty {
        private final StringBuilder body = new StringBuilder();
        private String start = "";
        private String first = "";
        private boolean ended;
        private boolean refused;
        private int messages;

        static Netty read(EmbeddedChannel channel, byte[] bytes) {
            Netty netty = new Netty();
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
            for (HttpObject each = channel.readInbound(); each != null; each = channel.readInbound()) {
                netty.take(each);
            }
            channel.finishAndReleaseAll();
            return netty;
        }

        private void take(HttpObject each) {
            refused |= !ended && !each.decoderResult().isSuccess();
            if (each instanceof HttpMessage && ++messages == 1) {
                start = each instanceof HttpRequest request
                        ? request.method().name() + " " + request.uri()
                        : String.valueOf(((HttpResponse) each).status().code());
            }
            if (each instanceof HttpContent content) {
                body.append(content.content().toString(StandardCharsets.ISO_8859_1));
                if (!ended && each instanceof LastHttpContent) {
                    ended = true;
                    first = body.toString();
                }
                content.release();
            }
        }
    }
}
