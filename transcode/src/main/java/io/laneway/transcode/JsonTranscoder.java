package io.laneway.transcode;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.ConvertedBody;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.transcode.Transcoder;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/** The transcoder of one descriptor set. Immutable. */
final class JsonTranscoder implements Transcoder {

    private static final HeaderName ACCEPT = HeaderName.of("accept");
    private static final HeaderName ENCODING = HeaderName.of("content-encoding");

    private final Bindings bindings;
    private final Json json;

    JsonTranscoder(Bindings bindings, Json json) {
        this.bindings = bindings;
        this.json = json;
    }

    @Override
    public @Nullable Conversion begin(RequestHead head, Downstream client, ConvertedBody body) {
        if (head.upgrade()) {
            return null;
        }
        Slice slice = new Slice();
        head.method(slice);
        String method = slice.toString();
        head.target(slice);
        String target = slice.toString();
        int question = target.indexOf('?');
        Bindings.Match match = bindings.find(method, question < 0 ? target : target.substring(0, question));
        if (match == null) {
            return null;
        }
        HeaderLines lines = head.lines();
        String accept = head.header(ACCEPT, slice) ? slice.toString() : "";
        String type = lines.first(Field.CONTENT_TYPE, slice) ? slice.toString() : "";
        boolean encoded = head.header(ENCODING, slice) && !slice.toString().equals("identity");
        String query = question < 0 ? "" : target.substring(question + 1);
        toGrpc(head, match.binding());
        return new JsonCall(
                new RequestMessage(match, query, type), json, new JsonCall.Client(client, accept, encoded), body);
    }

    private static void toGrpc(RequestHead head, Binding binding) {
        HeaderLines lines = head.lines();
        lines.remove(Field.CONTENT_TYPE);
        lines.remove(Field.CONTENT_LENGTH);
        lines.remove(ACCEPT);
        lines.remove(ENCODING);
        head.post(binding.target());
        lines.add(Field.CONTENT_TYPE.header(), "application/grpc");
        head.bodyLength(RequestHead.UNKNOWN_LENGTH);
        head.acceptsTrailers(true);
    }
}
