package io.laneway.replay.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Messages of frames: put together, unmasked, decompressed; nothing behind what is not there. */
class SocketMessagesTest {

    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int MASK = 0x119c3fe4;
    private static final String DEFLATE = "permessage-deflate";

    private final List<RecordedFrame> out = new ArrayList<>();
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

    private static SocketMessages messages(String extensions) {
        return new SocketMessages(extensions, 64 << 10, new SocketRoom(1 << 20));
    }

    private static RawFrame client(int first, String text) {
        return frame(true, first, text.getBytes(UTF_8), 0);
    }

    private static RawFrame server(int first, byte[] payload) {
        return frame(false, first, payload, 0);
    }

    private static RawFrame frame(boolean client, int first, byte[] plain, long missed) {
        byte[] wire = plain.clone();
        for (int i = 0; client && i < wire.length; i++) {
            wire[i] ^= (byte) (MASK >>> (24 - 8 * (i & 3)));
        }
        return new RawFrame(client, Duration.ofMillis(1), first, client ? MASK : 0, wire.length, wire, missed);
    }

    /** As RFC 7692, 7.2.1 says: flushed, without the last four bytes. */
    private byte[] deflated(String text, boolean again) {
        if (again) {
            deflater.reset();
        }
        deflater.setInput(text.getBytes(UTF_8));
        byte[] bytes = new byte[1 << 20];
        int count = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(bytes, count - 4);
    }

    private List<String> texts() {
        return out.stream()
                .map(frame -> new String(frame.payload().bytes(), UTF_8))
                .toList();
    }

    @Test
    void unmasksAndPutsFragmentsTogetherWithAControlFrameBetweenThem() {
        SocketMessages messages = messages("");
        messages.add(client(1, "one "), out::add);
        messages.add(client(FIN | 9, "p"), out::add);
        messages.add(client(0, "two "), out::add);
        messages.add(server(FIN | 2, new byte[] {0, -1}), out::add);
        messages.add(client(FIN, "3"), out::add);
        messages.add(client(FIN | 8, "\3\0bye"), out::add);

        assertThat(out).extracting(RecordedFrame::opcode).containsExactly(9, 2, 1, 8);
        assertThat(out.get(2).fragments()).isEqualTo(3);
        assertThat(out.get(2).client()).isTrue();
        assertThat(texts()).element(2).isEqualTo("one two 3");
        assertThat(out.get(3).code()).isEqualTo(768);
        assertThat(texts()).element(3).isEqualTo("bye");
        assertThat(out.get(1).payload()).isEqualTo(RecordedBody.whole(new byte[] {0, -1}));
    }

    @Test
    void decompressesMessagesThatReferToEarlierOnes() {
        SocketMessages messages = messages(DEFLATE + "; server_max_window_bits=15");
        String text = "{\"symbol\":\"LANE\",\"price\":12.5,\"note\":\"the same as before\"}";
        List<String> sent = new ArrayList<>();
        int compressed = 0;
        for (int i = 0; i < 2_000; i++) {
            sent.add(text + i + "x".repeat(i % 97));
            byte[] bytes = deflated(sent.get(i), false);
            compressed += bytes.length;
            messages.add(server(FIN | COMPRESSED | 1, bytes), out::add);
        }

        assertThat(texts()).isEqualTo(sent);
        assertThat(compressed).isLessThan(2_000 * text.length() / 2);
        assertThat(out)
                .allSatisfy(frame -> assertThat(frame.payload().decoded()).isEqualTo(DEFLATE));
    }

    @Test
    void decompressesFragmentsAndLargeMessages() {
        SocketMessages messages = messages(DEFLATE);
        byte[] noise = new byte[40_000];
        new Random(7).nextBytes(noise);
        String large = HexFormat.of().formatHex(noise).substring(0, 60_000);
        byte[] first = deflated(large, false);
        messages.add(server(COMPRESSED | 1, Arrays.copyOf(first, 1_000)), out::add);
        messages.add(server(FIN, Arrays.copyOfRange(first, 1_000, first.length)), out::add);
        messages.add(server(FIN | COMPRESSED | 1, deflated(large.substring(30_000), false)), out::add);
        messages.add(server(FIN | 1, "plain".getBytes(UTF_8)), out::add);

        assertThat(texts()).containsExactly(large, large.substring(30_000), "plain");
        assertThat(out.get(2).payload().decoded()).isNull();
    }

    @Test
    void behindACompressedMessageThatWasCutThereIsNothingToReadUnlessEachIsCompressedByItself() {
        for (boolean alone : List.of(false, true)) {
            out.clear();
            SocketMessages messages = new SocketMessages(
                    DEFLATE + (alone ? "; client_no_context_takeover" : ""), 1_000, new SocketRoom(1 << 20));
            byte[] noise = new byte[4_000];
            new Random(9).nextBytes(noise);
            byte[] large = deflated(HexFormat.of().formatHex(noise), true);
            messages.add(frame(true, FIN | COMPRESSED | 1, large, 0), out::add);
            messages.add(frame(true, FIN | COMPRESSED | 1, deflated("next", alone), 0), out::add);

            RecordedBody cut = out.get(0).payload();
            RecordedBody next = out.get(1).payload();
            assertThat(cut.cut()).isTrue();
            assertThat(cut.bytes()).hasSizeBetween(500, 1_000);
            assertThat(new String(next.bytes(), UTF_8)).isEqualTo(alone ? "next" : "");
            assertThat(next.omitted()).isEqualTo(alone ? null : DEFLATE + ": one before was not kept whole");
        }
    }

    @Test
    void aFewBytesThatStandForAGreatManyAreCut() {
        SocketMessages messages = new SocketMessages(DEFLATE, 10_000, new SocketRoom(1 << 20));
        messages.add(server(FIN | COMPRESSED | 1, deflated("0".repeat(20 << 20), false)), out::add);

        assertThat(out.get(0).payload().bytes()).hasSize(10_000);
        assertThat(out.get(0).payload().cut()).isTrue();
    }

    @Test
    void nothingIsKeptOfAMessageBehindAFrameThatWasMissed() {
        SocketMessages messages = messages("");
        messages.add(client(1, "{\"token\":\"ab"), out::add);
        messages.add(frame(true, 0, "cd".getBytes(UTF_8), 1), out::add);
        messages.add(client(FIN, "ef\"}"), out::add);
        messages.add(frame(true, FIN, "rest of another".getBytes(UTF_8), 1), out::add);
        messages.add(client(FIN | 1, "whole"), out::add);

        assertThat(texts()).containsExactly("{\"token\":\"ab", "", "whole");
        assertThat(out.get(0).payload().cut()).isTrue();
        assertThat(out.get(1).payload().omitted()).isEqualTo("its beginning was missed");
        assertThat(out.get(2).payload().cut()).isFalse();
    }

    @Test
    void whatAnExtensionMadeIsNotKept() {
        SocketMessages other = messages("x-cipher, " + DEFLATE);
        other.add(client(FIN | 1, "secret"), out::add);
        SocketMessages none = messages("");
        none.add(client(FIN | COMPRESSED | 1, "secret"), out::add);
        SocketMessages damaged = messages(DEFLATE);
        damaged.add(client(FIN | COMPRESSED | 1, "\u0007secret"), out::add);

        assertThat(texts()).containsExactly("", "", "");
        assertThat(out)
                .extracting(frame -> frame.payload().omitted())
                .containsExactly("extension: x-cipher", "an extension that was not agreed on", DEFLATE + ": damaged");
    }

    @Test
    void textIsCutAtAWholeCharacterAndWhatHasNotEndedEndsWithTheWebSocket() {
        SocketRoom room = new SocketRoom(1 << 20);
        SocketMessages messages = new SocketMessages("", 4, room);
        messages.add(client(FIN | 1, "aé€"), out::add);
        messages.add(client(1, "open"), out::add);
        assertThat(out).hasSize(1);
        messages.end(out::add);

        assertThat(texts()).containsExactly("aé", "open");
        assertThat(out).allSatisfy(frame -> assertThat(frame.payload().cut()).isTrue());
        assertThat(room.take(1 << 20)).isTrue();
    }

    @Test
    void withoutRoomMessagesAreCutAndWindowsForgotten() {
        SocketMessages messages = new SocketMessages(DEFLATE, 64 << 10, new SocketRoom(10));
        messages.add(client(FIN | 1, "more than ten bytes"), out::add);
        messages.add(server(FIN | COMPRESSED | 1, deflated("aaaaaaaaaaaaaaaaaaaaaa", false)), out::add);
        messages.add(server(FIN | COMPRESSED | 1, deflated("aaaaaaaaaaaaaaaaaaaaaa", false)), out::add);

        assertThat(texts()).containsExactly("", "aaaaaaaaaaaaaaaaaaaaaa", "");
        assertThat(out.get(2).payload().omitted()).isNotNull();
    }
}
