package io.laneway.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 as it is on the wire, for what a client library would not send or would hide. Stateless. */
public final class RawHttp {

    private RawHttp() {}

    /** Sends a GET with these header lines, and returns everything until the connection ends. */
    public static String get(int port, String target, String headers) throws IOException {
        return exchange(port, "GET " + target + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
    }

    /** Sends these bytes to a port of loopback, and returns everything until the connection ends. */
    public static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
