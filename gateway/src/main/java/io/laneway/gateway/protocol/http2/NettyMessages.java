package io.laneway.gateway.protocol.http2;

import io.netty.handler.codec.http2.Http2Exception.StreamException;

/**
 * What Netty's HTTP/2 codec says by the text of an exception alone, as of Netty 4.2.18. {@code NettyMessagesTest} has the codec
 * say it, so that another version which says it otherwise is noticed. Stateless.
 */
final class NettyMessages {

    private static final String SECOND_HEAD = "too many headers";

    private NettyMessages() {}

    /**
     * Whether a field list came for which the stream had no place any more. Its error code and type are those of many other
     * errors, such as a WINDOW_UPDATE of 0, and the stream's state is the same.
     */
    static boolean isSecondHead(StreamException error) {
        String text = error.getMessage();
        return text != null && text.contains(SECOND_HEAD);
    }
}
