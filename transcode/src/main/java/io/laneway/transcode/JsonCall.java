package io.laneway.transcode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.ConvertedBody;
import io.laneway.gateway.protocol.stream.ConvertedStream;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request with JSON, which is a call of gRPC to the exchange. Its body is gathered, at most {@link MessageReader#MAX} bytes,
 * and so is each message of the response; of a stream no more than one. Confined to one event loop.
 */
final class JsonCall extends ConvertedStream {

    private static final int PREFIX = 5;
    private static final int OK = 200;
    private static final String JSON = "application/json";

    private final RequestMessage request;
    private final Binding binding;
    private final Json json;
    private final ConvertedBody call;
    private final boolean encoded;
    private final StreamForm form;
    private final MessageReader messages = new MessageReader();
    private final CallStatus status = new CallStatus();
    private @Nullable ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ResponseLines lines = new ResponseLines();
    private byte @Nullable [] single;
    private boolean foreign;
    private boolean begun;
    private boolean ended;

    /**
     * What is known of the client.
     *
     * @param accept  the media types that it takes
     * @param encoded whether its body has a content coding
     */
    record Client(Downstream stream, String accept, boolean encoded) {}

    JsonCall(RequestMessage request, Json json, Client client, ConvertedBody call) {
        super("JSON for gRPC", client.stream());
        this.request = request;
        this.binding = request.match().binding();
        this.json = json;
        this.call = call;
        this.encoded = client.encoded();
        this.form = StreamForm.of(client.accept());
    }

    @Override
    public String exposed() {
        return "grpc-status";
    }

    @Override
    public void received(HeaderLines trailers) {
        received(Unpooled.EMPTY_BUFFER, true);
    }

    @Override
    public void received(ByteBuf data, boolean end) {
        ByteArrayOutputStream into = body;
        if (into == null) {
            data.release();
            return;
        }
        byte[] octets = new byte[data.readableBytes()];
        data.readBytes(octets);
        data.release();
        if (into.size() + octets.length > MessageReader.MAX) {
            refuse(413, GrpcCodes.RESOURCE_EXHAUSTED, "a body of more than " + MessageReader.MAX + " bytes");
            return;
        }
        if (!Gathering.PROCESS.take(octets.length)) {
            refuse(503, GrpcCodes.UNAVAILABLE, "too many bodies at a time, try again later");
            return;
        }
        into.writeBytes(octets);
        if (!end) {
            return;
        }
        over();
        if (encoded) {
            refuse(415, GrpcCodes.INVALID_ARGUMENT, "a body with a content coding (expected: identity)");
            return;
        }
        byte[] message;
        try {
            message = request.of(into.toByteArray(), json);
        } catch (IllegalArgumentException | IllegalStateException | com.google.gson.JsonParseException e) {
            refuse(400, GrpcCodes.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
            return;
        }
        call.data(frame(message), true);
    }

    private static ByteBuf frame(byte[] message) {
        return Unpooled.buffer(PREFIX + message.length)
                .writeByte(0)
                .writeInt(message.length)
                .writeBytes(message);
    }

    @Override
    public void over() {
        if (body != null) {
            Gathering.PROCESS.giveBack(body.size());
            body = null;
        }
    }

    private void refuse(int httpStatus, int code, String why) {
        over();
        status.own(code, httpStatus, why);
        call.failed(
                new Failure(Failure.Side.DOWNSTREAM, Failure.Stage.REQUEST, httpStatus, null, ResponseFlag.DPE, why));
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        foreign = !GrpcCall.isOne(head.lines());
        if (foreign) {
            client().head(head, end);
            return;
        }
        lines.keep(head.lines());
        status.read(head.lines());
        if (end) {
            finish();
        }
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        if (foreign) {
            client().data(data, end);
            return;
        }
        try {
            for (byte[] message = messages.next(data);
                    message != null && !ended;
                    message = data.isReadable() ? messages.next(data) : null) {
                message(message);
            }
        } finally {
            data.release();
        }
        String problem = messages.problem();
        if (problem != null && !ended) {
            broken(problem);
        }
        if (end && !ended) {
            finish();
        }
    }

    private void broken(String problem) {
        status.own(GrpcCodes.INTERNAL, 502, problem);
        call.failed(Failure.BAD_RESPONSE_BODY.of(null, problem));
        if (!ended) {
            finish();
        }
    }

    private void message(byte[] octets) {
        if (!binding.method().isServerStreaming()) {
            single = octets;
            return;
        }
        try {
            stream(octets);
        } catch (InvalidProtocolBufferException e) {
            broken("the upstream sent a message that is not of its type: " + e.getMessage());
        }
    }

    private void stream(byte[] octets) throws InvalidProtocolBufferException {
        DynamicMessage message = Json.parse(binding.method().getOutputType(), octets);
        Message raw = raw(message);
        boolean first = !begun;
        if (first) {
            begun = true;
            client().head(lines.head(OK, raw == null ? form.type() : type(raw), -1), false);
        }
        byte[] piece = raw == null
                ? form.piece(json.write(message, binding.response()), first).getBytes(StandardCharsets.UTF_8)
                : bytes(raw);
        if (piece.length > 0) {
            client().data(Unpooled.wrappedBuffer(piece), false);
        }
    }

    /** The body that the message is or has, if it is one with a type of its own. */
    private @Nullable Message raw(DynamicMessage message) {
        if (binding.response() == null) {
            return Binding.isRaw(message.getDescriptorForType()) ? message : null;
        }
        return Binding.isRaw(binding.response()) ? (Message) message.getField(binding.response()) : null;
    }

    private static String type(Message raw) {
        Descriptor form = raw.getDescriptorForType();
        String type = (String) raw.getField(form.findFieldByName("content_type"));
        boolean fit = !type.isEmpty() && type.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return fit ? type : "application/octet-stream";
    }

    private static byte[] bytes(Message raw) {
        Descriptor form = raw.getDescriptorForType();
        return ((ByteString) raw.getField(form.findFieldByName("data"))).toByteArray();
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (foreign) {
            client().trailers(trailers);
        } else if (!ended) {
            status.read(trailers);
            finish();
        }
    }

    private void finish() {
        ended = true;
        if (status.code() == GrpcStatus.NONE) {
            status.own(GrpcCodes.UNKNOWN, 502, "the upstream ended its response without a status");
        }
        if (begun) {
            endStream();
        } else if (status.code() != 0) {
            error();
        } else if (binding.method().isServerStreaming()) {
            reply(OK, form.type(), form.end(false).getBytes(StandardCharsets.UTF_8));
        } else {
            unary();
        }
    }

    private void endStream() {
        boolean raw = binding.response() == null
                ? Binding.isRaw(binding.method().getOutputType())
                : Binding.isRaw(binding.response());
        String last = "";
        if (status.code() != 0) {
            String error = raw ? null : form.error(status.json(json));
            if (error == null) {
                client().reset(Failure.RESET_IN_RESPONSE);
                return;
            }
            last = error;
        } else if (!raw) {
            last = form.end(true);
        }
        client().data(Unpooled.wrappedBuffer(last.getBytes(StandardCharsets.UTF_8)), true);
    }

    private void unary() {
        byte[] octets = single;
        if (octets == null) {
            status.own(GrpcCodes.INTERNAL, 502, "the upstream ended its response without a message");
            error();
            return;
        }
        String type = JSON;
        byte[] body;
        try {
            DynamicMessage message = Json.parse(binding.method().getOutputType(), octets);
            Message raw = raw(message);
            type = raw == null ? JSON : type(raw);
            body = raw == null ? json.write(message, binding.response()).getBytes(StandardCharsets.UTF_8) : bytes(raw);
        } catch (InvalidProtocolBufferException e) {
            status.own(GrpcCodes.INTERNAL, 502, "the upstream sent a message that is not of its type");
            error();
            return;
        }
        reply(OK, type, body);
    }

    private void error() {
        reply(status.http(), JSON, status.json(json).getBytes(StandardCharsets.UTF_8));
    }

    private void reply(int httpStatus, String type, byte[] content) {
        client().head(lines.head(httpStatus, type, content.length), content.length == 0);
        if (content.length > 0) {
            client().data(Unpooled.wrappedBuffer(content), true);
        }
    }
}
