package io.laneway.replay.redact;

import io.laneway.replay.form.RecordedFrame;
import java.util.Locale;

/**
 * Knows packets of protocols of bytes over WebSockets that have a name and a password in them, which nothing else gives
 * away: {@code CONNECT} and {@code AUTH} of MQTT (5.0, 3.1 and 3.15), SASL of AMQP (1.0, 5.3). Stateless.
 */
final class LoginPackets {

    private static final int MQTT_CONNECT = 1;
    private static final int MQTT_AUTH = 15;
    private static final int AMQP_TYPE = 5;
    private static final int AMQP_SASL = 1;

    private LoginPackets() {}

    /** Whether the client's frame begins with one. */
    static boolean isOne(RecordedFrame frame, String protocol) {
        byte[] bytes = frame.payload().bytes();
        if (!frame.client() || frame.opcode() != RecordedFrame.BINARY || bytes.length == 0) {
            return false;
        }
        String name = protocol.toLowerCase(Locale.ROOT);
        if (name.startsWith("mqtt")) {
            int type = (bytes[0] & 0xff) >>> 4;
            return type == MQTT_CONNECT || type == MQTT_AUTH;
        }
        // a frame has four bytes of its size first; the protocol's own header has "AMQP"
        return name.startsWith("amqp") && bytes.length > AMQP_TYPE && bytes[0] != 'A' && bytes[AMQP_TYPE] == AMQP_SASL;
    }
}
