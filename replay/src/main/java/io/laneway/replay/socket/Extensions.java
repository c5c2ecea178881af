package io.laneway.replay.socket;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The extensions that a server chose for a WebSocket (RFC 6455, 9.1). Immutable.
 *
 * @param deflate whether messages may be compressed (RFC 7692)
 * @param clientKeeps whether the client's compressed messages refer to earlier ones
 * @param serverKeeps whether the server's do
 * @param other one that is not known here: what frames have in them cannot be read; empty for none
 */
record Extensions(boolean deflate, boolean clientKeeps, boolean serverKeeps, String other) {

    /** Messages that are compressed (RFC 7692). */
    static final String DEFLATE = "permessage-deflate";

    private static final int LONGEST = 40;

    static Extensions parse(String header) {
        boolean deflate = false;
        boolean clientKeeps = true;
        boolean serverKeeps = true;
        String other = "";
        for (String extension : header.split(",", -1)) {
            List<String> parts = Stream.of(extension.split(";", -1))
                    .map(part -> part.strip().toLowerCase(Locale.ROOT))
                    .toList();
            String name = parts.get(0);
            if (name.equals(DEFLATE)) {
                deflate = true;
                clientKeeps = !parts.contains("client_no_context_takeover");
                serverKeeps = !parts.contains("server_no_context_takeover");
            } else if (!name.isEmpty()) {
                other = name.matches("[a-z0-9_-]{1," + LONGEST + "}") ? name : "another one";
            }
        }
        return new Extensions(deflate, clientKeeps, serverKeeps, other);
    }
}
