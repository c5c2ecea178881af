package io.laneway.gateway.protocol.grpcweb;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.ConvertedBody;
import io.laneway.gateway.protocol.stream.ConvertedStream;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A call of gRPC-Web, which is one of gRPC to the exchange. Bodies pass as they come: of one as text three characters are kept
 * at most. A response that is not of gRPC, such as an error page, passes as it is. Confined to one event loop.
 */
public final class WebCall extends ConvertedStream {

    private static final String EXPOSED = "grpc-status, grpc-message, grpc-status-details-bin";

    private static final String NO_BASE64 = "no Base64 (RFC 4648 section 4)";

    private final ConvertedBody request;
    private final RequestFrames frames = new RequestFrames();
    private final @Nullable TextDecoder decoder;
    private final WebForm form;
    private boolean foreign;
    private boolean failed;
    private byte[] last = TrailerFrame.unfinished();

    private WebCall(WebForm asked, WebForm form, Downstream client, ConvertedBody request) {
        super("gRPC-Web", client);
        this.decoder = asked == WebForm.TEXT ? new TextDecoder() : null;
        this.form = form;
        this.request = request;
    }

    /** Converts the request if it is a call of gRPC-Web; null if it is none. */
    public static @Nullable Conversion begin(RequestHead head, Downstream client, ConvertedBody request) {
        WebForm asked = WebForm.of(head);
        if (asked == null) {
            return null;
        }
        WebForm wanted = asked.ofResponse(head.lines());
        asked.toGrpc(head);
        return new WebCall(asked, wanted, client, request);
    }

    /** Whether a request with these lines has the type of a call, converted or not. */
    public static boolean isNamed(HeaderLines request) {
        return WebForm.named(request) != null;
    }

    @Override
    public void over() {
        failed = true;
    }

    @Override
    public String exposed() {
        return EXPOSED;
    }

    @Override
    public void received(ByteBuf data, boolean end) {
        if (failed) {
            data.release();
            return;
        }
        ByteBuf message = decoder == null ? data : decode(decoder, data);
        String wrong = message == null ? NO_BASE64 : wrong(message, end);
        if (message != null && wrong == null && (end || message.isReadable())) {
            request.data(message, end);
            return;
        }
        if (message != null) {
            message.release();
        }
        if (wrong != null) {
            failed = true;
            request.failed(Failure.BAD_REQUEST_BODY.of(null, wrong));
        }
    }

    private @Nullable String wrong(ByteBuf message, boolean end) {
        if (end && decoder != null && !decoder.isWhole()) {
            return NO_BASE64;
        }
        String wrong = frames.check(message);
        return wrong == null && end && frames.amid() ? "the last frame is not whole" : wrong;
    }

    private static @Nullable ByteBuf decode(TextDecoder decoder, ByteBuf text) {
        ByteBuf into = Unpooled.buffer(text.readableBytes() / 4 * 3 + 3);
        boolean well = decoder.decode(text, into);
        text.release();
        if (!well) {
            into.release();
            return null;
        }
        return into;
    }

    @Override
    public void received(HeaderLines trailers) {
        received(Unpooled.EMPTY_BUFFER, true);
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        HeaderLines lines = head.lines();
        foreign = !GrpcCall.isOne(lines);
        if (foreign) {
            client().head(head, end);
            return;
        }
        form.fromGrpc(lines);
        lines.remove(Field.CONTENT_LENGTH);
        head.bodyLength(ResponseHead.UNKNOWN_LENGTH);
        if (GrpcStatus.read(lines) != GrpcStatus.NONE) {
            last = TrailerFrame.ofHead(lines);
        }
        if (!end) {
            client().head(head, false);
            return;
        }
        ByteBuf frame = encode(last);
        lines.add(Field.CONTENT_LENGTH.header(), frame.readableBytes());
        head.bodyLength(frame.readableBytes());
        client().head(head, false);
        client().data(frame, true);
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        if (foreign) {
            client().data(data, end);
            return;
        }
        if (data.isReadable()) {
            client().data(encode(data), false);
        } else {
            data.release();
        }
        if (end) {
            client().data(encode(last), true);
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (foreign) {
            client().trailers(trailers);
        } else {
            client().data(encode(TrailerFrame.of(trailers)), true);
        }
    }

    private ByteBuf encode(ByteBuf data) {
        if (form == WebForm.BINARY) {
            return data;
        }
        byte[] octets = new byte[data.readableBytes()];
        data.readBytes(octets);
        data.release();
        return encode(octets);
    }

    private ByteBuf encode(byte[] octets) {
        return Unpooled.wrappedBuffer(
                form == WebForm.BINARY ? octets : Base64.getEncoder().encode(octets));
    }
}
