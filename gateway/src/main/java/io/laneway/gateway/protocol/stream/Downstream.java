package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The client's stream, as the exchange that answers it sees it: an HTTP/1.1 connection for the time of one request, or
 * one HTTP/2 stream. Confined to one event loop; see the package for the rules. Calls after the stream ended or was
 * reset do nothing but release.
 */
public interface Downstream {

    /** What is known of the client's connection. */
    DownstreamPeer peer();

    /** Writes an interim response (1xx). After a {@code 101} both directions carry raw bytes. */
    void informational(ResponseHead head);

    /**
     * Writes the head of the response. The codec adds what its framing needs, such as {@code Transfer-Encoding}; it
     * withholds bodies that must not be (HEAD, 204, 304). A 2xx response to {@code CONNECT} opens a tunnel: from then
     * on both directions carry raw bytes.
     *
     * @param end whether the response has neither body nor trailers
     */
    void head(ResponseHead head, boolean end);

    /** Writes body bytes; takes ownership of the buffer. */
    void data(ByteBuf data, boolean end);

    /**
     * The connection that takes what comes next as it is and in order, so that it may get bytes by another way than {@link
     * #data}; null if there is none, as where they are framed.
     */
    default @Nullable Channel socket() {
        return null;
    }

    /**
     * Ends our direction of a tunnel, and the client may continue to send; {@link #data} with its {@code end} is still
     * to come, when that has ended too. A protocol that cannot end one direction alone reports the client's end at
     * once.
     */
    void endOutput();

    /** Ends the response with trailers; a codec or version that cannot carry them ends it without. */
    void trailers(HeaderLines trailers);

    /** Ends the stream as failed, so that the client cannot take the response for whole. */
    void reset(Failure failure);

    /**
     * Whether the client hears what trailers say: in trailers, and in the head of a response that is nothing else, as
     * gRPC wants it. Clients of HTTP/1.1 do not, as a rule.
     */
    boolean hearsTrailers();

    /** What it does, for people. */
    String state();

    /** Bytes that came from the client's connection and are not handed on yet, such as those of an incomplete frame. */
    long arriving();

    /**
     * Whether it takes more bytes without piling them up; {@link RequestSink#writable} is called when it does again.
     */
    boolean isWritable();

    /** Stops reading the request's body: soon no more {@link RequestSink#data} until {@link #resume}. */
    void pause();

    /** Reads the request's body again. */
    void resume();
}
