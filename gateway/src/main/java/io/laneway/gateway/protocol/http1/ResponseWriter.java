package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.http1.BodyWriter.Framing;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Writes the responses on a client's connection, one after the other (RFC 9112 section 9.3.2). Confined to its event
 * loop; one for each connection, used again for each request.
 */
final class ResponseWriter implements Downstream {

    private static final int SWITCHING = 101;
    private static final int CONTINUE = 100;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_LARGE = 413;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final ResponseHost connection;
    private final ConnectionOutput output;
    private final BodyWriter body;
    private Method method = Method.OTHER;
    private boolean old;
    private boolean begun;
    private boolean delimitedByClose;
    private boolean raw;
    private boolean outputEnded;
    private boolean ended = true;

    ResponseWriter(ResponseHost connection, ConnectionOutput output) {
        this.connection = connection;
        this.output = output;
        this.body = new BodyWriter(output);
    }

    /** A request awaits its response. */
    void start(RequestHead head) {
        method = head.method();
        old = head.version() == RequestHead.Version.HTTP_1_0;
        begun = false;
        delimitedByClose = false;
        raw = false;
        outputEnded = false;
        ended = false;
    }

    /** Nothing may be written any more. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    @Override
    public DownstreamPeer peer() {
        return connection.peer();
    }

    @Override
    public void informational(ResponseHead head) {
        if (ended || begun || old) {
            return;
        }
        ByteBuf out = output.room(head.lines().sizeHint() + HeadWriter.OWN);
        HeadWriter.response(out, head);
        if (head.status() == SWITCHING) {
            out.writeBytes(HeadWriter.UPGRADE);
            begun = true;
            raw = true;
            body.start(Framing.PLAIN);
            connection.switchToRaw();
        } else if (head.status() == CONTINUE) {
            connection.continued();
        }
        out.writeBytes(HeadWriter.END);
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        if (ended || begun) {
            return;
        }
        begun = true;
        HeaderLines lines = head.lines();
        ByteBuf out = output.room(lines.sizeHint() + HeadWriter.OWN, head.bodyLength());
        HeadWriter.response(out, head);
        boolean tunnel = method == Method.CONNECT && head.status() < 300;
        boolean unwanted = connection.reading() == RequestReading.BODY
                && (head.status() == REQUEST_TIMEOUT || head.status() == TOO_LARGE);
        if (unwanted || (method == Method.CONNECT && !tunnel)) {
            connection.closeAfterResponse();
        }
        body.start(tunnel ? Framing.PLAIN : framing(out, head, end));
        connectionLine(out, tunnel);
        if (head.status() == UPGRADE_REQUIRED && lines.find(Field.UPGRADE, 0) >= 0) {
            out.writeBytes(HeadWriter.UPGRADE);
        }
        out.writeBytes(HeadWriter.END);
        if (tunnel) {
            raw = true;
            connection.switchToRaw();
        } else if (end) {
            finish();
        }
    }

    private Framing framing(ByteBuf out, ResponseHead head, boolean end) {
        boolean hasLength = head.lines().find(Field.CONTENT_LENGTH, 0) >= 0;
        if (method == Method.HEAD || head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
            return Framing.NONE;
        }
        if (hasLength) {
            return Framing.PLAIN;
        }
        if (end) {
            out.writeBytes(HeadWriter.EMPTY);
            return Framing.NONE;
        }
        if (old) {
            connection.closeAfterResponse();
            delimitedByClose = true;
            return Framing.PLAIN;
        }
        out.writeBytes(HeadWriter.CHUNKED);
        return Framing.CHUNKED;
    }

    private void connectionLine(ByteBuf out, boolean tunnel) {
        if (tunnel) {
            return;
        }
        if (!connection.promisesMore()) {
            out.writeBytes(HeadWriter.CLOSE);
        } else if (old) {
            out.writeBytes(HeadWriter.KEEP_ALIVE);
        }
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        if (ended) {
            data.release();
            return;
        }
        if (outputEnded) {
            data.release();
        } else {
            body.data(data, end);
        }
        if (end) {
            finish();
        }
    }

    @Override
    public @Nullable Channel socket() {
        return ended || outputEnded || body.framing() != Framing.PLAIN ? null : output.channel();
    }

    @Override
    public void endOutput() {
        if (!ended && raw && !outputEnded) {
            outputEnded = true;
            connection.endOutput();
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (!ended) {
            body.trailers(trailers);
            finish();
        }
    }

    private void finish() {
        ended = true;
        connection.responseWritten();
    }

    @Override
    public void reset(Failure failure) {
        if (!ended) {
            ended = true;
            connection.abort(delimitedByClose || (raw && failure.equals(Failure.TRUNCATED)));
        }
    }

    @Override
    public boolean hearsTrailers() {
        return false;
    }

    @Override
    public String state() {
        return "HTTP/1.1, " + connection.reading() + ", " + output.state();
    }

    @Override
    public long arriving() {
        return 0;
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public void pause() {
        connection.pause(true);
    }

    @Override
    public void resume() {
        connection.pause(false);
    }
}
