package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read a request's head, and to write it on with a line changed. Confined to one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class HeadBenchmark {

    private static final String SMALL = """
            GET /api/order/4711 HTTP/1.1
            Host: order.example.com
            trace-branch: f-1

            """;
    private static final String BROWSER = """
            GET /api/order/4711?details=true HTTP/1.1
            Host: order.example.com
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8
            Accept-Language: en-GB,en;q=0.7,de;q=0.3
            Accept-Encoding: gzip, deflate, br
            Referer: https://shop.example.com/orders
            Cookie: session=0123456789abcdef0123456789abcdef; theme=dark; trace-branch=f-1
            traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
            baggage: user=alice,trace-branch=f-1
            Connection: keep-alive

            """;

    /** A request as wrk sends it, and one as a browser does. */
    @Param({"small", "browser"})
    public String kind = "small";

    private final RequestHead head = new RequestHead();
    private final RequestParser parser = new RequestParser(head, 64 * 1024, 16 * 1024, 100, Http1Settings.KEEP_BYTES);
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private final ByteBuf out = Unpooled.directBuffer(8192);

    @Setup
    public void prepare() {
        byte[] bytes =
                (kind.equals("small") ? SMALL : BROWSER).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        in = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        read();
    }

    @Benchmark
    public HeadReader.Result read() {
        parser.reset();
        in.readerIndex(0);
        HeadReader.Result result = parser.read(in);
        if (result != HeadReader.Result.DONE) {
            throw new IllegalStateException(result + ": " + parser.failure());
        }
        return result;
    }

    /** Reading included, since a head is written once. */
    @Benchmark
    public ByteBuf readAndForward() {
        read();
        head.lines().remove(Field.X_FORWARDED_FOR);
        head.lines().add(Field.X_FORWARDED_FOR.header(), "192.0.2.17");
        out.clear();
        HeadWriter.request(out, head);
        return out;
    }
}
