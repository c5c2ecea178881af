package io.laneway.gateway.protocol.http2;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.function.Supplier;

/**
 * Netty's parts of one connection, put together: field lists go where {@code fields} says, the connection's window is
 * given back as bytes come, so that only a stream's own window holds its sender back, and priorities are not kept (RFC
 * 9113 section 5.3.2). Confined to one event loop.
 */
record FrameCodec(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, StreamOutputs outputs, Http2Settings settings) {

    private static final float RENEW_AT = 0.5f;
    private static final int TABLE_HINT = 64;

    static FrameCodec server(StreamSettings bounds, Supplier<Http2Headers> fields) {
        Http2Settings settings = new Http2Settings()
                .maxConcurrentStreams(bounds.streams())
                .initialWindowSize(bounds.clientWindow())
                .maxHeaderListSize(bounds.headBytes())
                .connectProtocolEnabled(true);
        Http2Connection connection = new DefaultHttp2Connection(true);
        connection.remote().maxActiveStreams(bounds.streams());
        return of(connection, settings, bounds, fields);
    }

    static FrameCodec client(StreamSettings bounds, Supplier<Http2Headers> fields) {
        Http2Settings settings = new Http2Settings()
                .pushEnabled(false)
                .initialWindowSize(bounds.endpointWindow())
                .maxHeaderListSize(bounds.headBytes());
        return of(new DefaultHttp2Connection(false, 0), settings, bounds, fields);
    }

    private static FrameCodec of(
            Http2Connection connection, Http2Settings settings, StreamSettings bounds, Supplier<Http2Headers> fields) {
        connection.local().flowController(new DefaultHttp2LocalFlowController(connection, RENEW_AT, true));
        StreamOutputs outputs = new StreamOutputs(connection);
        connection.remote().flowController(new DefaultHttp2RemoteFlowController(connection, outputs));
        Http2ConnectionEncoder encoder = new DefaultHttp2ConnectionEncoder(
                connection,
                new DefaultHttp2FrameWriter(
                        new DefaultHttp2HeadersEncoder(FieldEncoder.NOT_INDEXED, true, TABLE_HINT)));
        DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false, bounds.headBytes()) {
            @Override
            protected Http2Headers newHeaders() {
                return fields.get();
            }
        };
        Http2ConnectionDecoder decoder = new DefaultHttp2ConnectionDecoder(
                connection,
                encoder,
                new DefaultHttp2FrameReader(headers),
                Http2PromisedRequestVerifier.ALWAYS_VERIFY,
                true,
                true,
                false);
        return new FrameCodec(decoder, encoder, outputs, settings);
    }
}
