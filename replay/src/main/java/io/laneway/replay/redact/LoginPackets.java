package io.laneway.replay.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedFrame;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Knows packets of protocols of bytes that have a name and a password in them, which nothing else gives away: {@code
 * CONNECT} and {@code AUTH} of MQTT (5.0, 3.1 and 3.15), SASL of AMQP (1.0, 5.3) and {@code start-ok} and its like of 0-9-1,
 * the password of PostgreSQL. They are known by what they look like, since a server need not say which protocol it chose;
 * where it says so, further packets are known by their type. One for each WebSocket: a packet may lie in more than one
 * message. Confined to one thread.
 */
final class LoginPackets {

    private static final int MQTT_CONNECT = 1;
    private static final int MQTT_AUTH = 15;
    private static final int AMQP_TYPE = 5;
    private static final int AMQP_SASL = 1;
    private static final int AMQP_HEADER = 8;

    /** Class 10 is the connection; these methods have what SASL says, or a new secret. */
    private static final String AMQP_CONNECTION = "\0\12\0";

    private static final String AMQP_METHODS = "\13\25\106";

    /** Bytes of a client's packet that are in messages to come. */
    private long rest;

    /** The protocol whose login is in the frame; null if there is none. */
    @Nullable
    String of(RecordedFrame frame, String protocol) {
        RecordedBody payload = frame.payload();
        if (!frame.client() || payload.size() == 0 || frame.opcode() > RecordedFrame.BINARY) {
            return null;
        }
        long length = payload.cut() && payload.decoded() == null ? payload.size() : payload.bytes().length;
        if (rest > 0) {
            rest -= length;
            return "mqtt";
        }
        String known = inBytes(payload.bytes());
        String named = known == null ? named(payload.bytes(), protocol) : known;
        if ("mqtt".equals(named)) {
            rest = Math.max(0, mqttLength(payload.bytes()) - length);
        }
        return named;
    }

    /** What a body begins with that is no message of a WebSocket; null if it is no login. */
    static @Nullable String inBytes(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 32), ISO_8859_1);
        if (head.isEmpty()) {
            return null;
        }
        if (head.charAt(0) == 0x10) {
            int name = mqttName(head);
            return head.startsWith("\0\4MQTT", name) || head.startsWith("\0\6MQIsdp", name) ? "mqtt" : null;
        }
        boolean header = head.startsWith("AMQP") && head.length() > AMQP_HEADER;
        if (isAmqp(header ? head.substring(AMQP_HEADER) : head)) {
            return "amqp";
        }
        boolean password = head.charAt(0) == 'p' && bytes.length > 5 && bytes[bytes.length - 1] == 0;
        return password && ByteBuffer.wrap(bytes).getInt(1) == bytes.length - 1 ? "postgresql" : null;
    }

    private static boolean isAmqp(String head) {
        boolean sasl = head.startsWith("\2\1", AMQP_TYPE - 1)
                && (head.startsWith("\0S", AMQP_HEADER) || head.startsWith("\0\u0080", AMQP_HEADER));
        boolean method = head.startsWith("\1\0\0")
                && head.startsWith(AMQP_CONNECTION, 7)
                && head.length() > 10
                && AMQP_METHODS.indexOf(head.charAt(10)) >= 0;
        return sasl || method;
    }

    private static @Nullable String named(byte[] bytes, String protocol) {
        String name = protocol.toLowerCase(Locale.ROOT);
        if (bytes.length > 0 && name.contains("mqtt")) {
            int type = (bytes[0] & 0xff) >>> 4;
            return type == MQTT_CONNECT || type == MQTT_AUTH ? "mqtt" : null;
        }
        // a frame has four bytes of its size first; the protocol's own header has "AMQP"
        boolean amqp =
                name.contains("amqp") && bytes.length > AMQP_TYPE && bytes[0] != 'A' && bytes[AMQP_TYPE] == AMQP_SASL;
        return amqp ? "amqp" : null;
    }

    /** Where the name of the protocol is: behind one to four bytes of length. */
    private static int mqttName(String head) {
        int at = 1;
        while (at < 4 && at < head.length() && head.charAt(at) > 0x7f) {
            at++;
        }
        return at + 1;
    }

    /** Bytes of the packet, by its remaining length (MQTT 5.0, 1.5.5); 0 if that is not whole. */
    private static long mqttLength(byte[] bytes) {
        long length = 0;
        for (int i = 1; i < Math.min(bytes.length, 5); i++) {
            length |= (bytes[i] & 0x7fL) << (7 * (i - 1));
            if (bytes[i] >= 0) {
                return length + i + 1;
            }
        }
        return 0;
    }
}
