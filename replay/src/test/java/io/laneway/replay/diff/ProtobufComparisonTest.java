package io.laneway.replay.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import io.laneway.replay.OrdersProto;
import io.laneway.replay.diff.place.Facet;
import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.report.Finding;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.diff.rules.Rule;
import io.laneway.replay.diff.rules.Tolerance;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses as grpc-java sends them, with differences that a lane would make. */
class ProtobufComparisonTest {

    private final Random random = new Random(7);
    private final List<ComparedRequest> requests = new ArrayList<>();
    private ProtoReader reader = ProtoReader.of(OrdersProto.SET);

    /** An order whose time, duration and seal are new each time. */
    private String noisy(String rest) {
        return "id: 7 quota: 18446744073709551615 made { seconds: " + (1_790_000_000L + random.nextInt(20)) + " nanos: "
                + (random.nextInt(3) == 0 ? 0 : random.nextInt(999_999_999)) + " } took { nanos: "
                + random.nextInt(1_000_000)
                + " } seal: \"" + random.nextInt(99_999) + "\" " + rest;
    }

    private void add(String method, RecordedResponse base, RecordedResponse again, RecordedResponse lane) {
        RecordedRequest request = new RecordedRequest(
                "HTTP/2", "POST", "http", "shop", "/shop.Orders/" + method, List.of(), RecordedBody.NONE, List.of());
        requests.add(new ComparedRequest("r" + requests.size(), "", request, base, again, lane));
    }

    private static RecordedResponse response(byte[] body) {
        return new RecordedResponse(
                200,
                List.of(new Field("content-type", "application/grpc"), new Field("grpc-encoding", "gzip")),
                RecordedBody.whole(body),
                List.of(new Field("grpc-status", "0")));
    }

    private static RecordedResponse order(String text) {
        return response(frame(OrdersProto.message("Order", text).toByteArray(), false));
    }

    private static byte[] frame(byte[] message, boolean gzip) {
        byte[] bytes = gzip ? gzip(message) : message;
        return ByteBuffer.allocate(5 + bytes.length)
                .put((byte) (gzip ? 1 : 0))
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] gzip(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(message);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private DiffReport report(Rule... rules) {
        Endpoints endpoints = new Endpoints();
        requests.forEach(endpoints::learn);
        Comparison comparison = new Comparison(endpoints, new DiffRules(List.of(rules)), reader);
        requests.forEach(comparison::add);
        return comparison.report();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            price: 19.99                     | price: 1999                      | body.price          | NUMBER
            price: 19.99                     |                                  | body.price          | NUMBER
            price: 1                         | price: nan                       | body.price          | TYPE
            state: OPEN                      | state: PAID                      | body.state          | VALUE
            items { sku: "a" count: 1 }      | items { sku: "a" count: 2 }      | body.items[*].count | NUMBER
            items { sku: "a" }               | items { sku: "a" } items { sku: "b" } | body.items     | SIZE
            note { value: "x" }              |                                  | body.note           | TYPE
            note { value: "x" }              | note { value: "y" }              | body.note           | VALUE
            line_2: "x"                      | line_2: "y"                      | body.line_2         | VALUE
            stock { key: "a" value: 1 }      | stock { key: "a" value: 9 }      | body.stock.a        | NUMBER
            """)
    void aFieldThatDiffersIsFoundAmongFieldsThatAreNewEachTime(String base, String lane, String path, Facet facet) {
        for (int i = 0; i < 20; i++) {
            add("Get", order(noisy(text(base))), order(noisy(text(base))), order(noisy(text(lane))));
        }
        assertThat(report().findings())
                .extracting(Finding::path, Finding::facet)
                .contains(tuple(path, facet));
        assertThat(report().findings())
                .allMatch(finding -> finding.path().startsWith(path))
                .allMatch(finding -> finding.endpoint().equals("POST /shop.Orders/Get"));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }

    @Test
    void noiseAloneIsNoDifference() {
        for (int i = 0; i < 60; i++) {
            add("Get", order(noisy("price: 1")), order(noisy("price: 1")), order(noisy("price: 1")));
        }
        assertThat(report().findings()).isEmpty();
    }

    @Test
    void wholeNumbersThatADoubleCannotHoldAreCompared() {
        for (int i = 0; i < 10; i++) {
            add(
                    "Get",
                    order("quota: 18446744073709551615"),
                    order("quota: 18446744073709551615"),
                    order("quota: 18446744073709551614"));
        }
        assertThat(report().findings()).extracting(Finding::path).containsExactly("body.quota");
    }

    @Test
    void aValueThatTheSetsEnumDoesNotHaveIsFound() {
        byte[] state7 = frame(new byte[] {3 << 3, 7}, false);
        for (int i = 0; i < 10; i++) {
            add("Get", order("state: PAID"), order("state: PAID"), response(state7));
        }
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::path, Finding::what)
                .containsExactly("body.state", "is \"UNKNOWN_7\", base has \"PAID\"");
    }

    @Test
    void rulesAndTolerancesHoldForFields() {
        for (int i = 0; i < 20; i++) {
            add(
                    "Get",
                    order("price: 100 line_2: \"a\""),
                    order("price: 100 line_2: \"a\""),
                    order("price: 101 line_2: \"b\""));
        }
        assertThat(report(
                                Rule.of("POST /shop.Orders/*", "body.line_2", "", true, Tolerance.NONE),
                                Rule.of("*", "body.price", "", false, new Tolerance(0, 0.02, 0)))
                        .findings())
                .isEmpty();
    }

    @Test
    void messagesOfAStreamAreItemsOfTheBodyCompressedOrNot() {
        byte[] one = OrdersProto.message("Order", "id: 1 price: 5").toByteArray();
        byte[] two = OrdersProto.message("Order", "id: 2 price: 6").toByteArray();
        byte[] other = OrdersProto.message("Order", "id: 2 price: 8").toByteArray();
        for (int i = 0; i < 10; i++) {
            add(
                    "List",
                    response(joined(frame(one, false), frame(two, false))),
                    response(joined(frame(one, true), frame(two, true))),
                    response(joined(frame(one, true), frame(other, false))));
        }
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::path, Finding::facet, Finding::what)
                .containsExactly("body[*].price", Facet.NUMBER, "is 8.0, base has 6.0");
    }

    @Test
    void aFieldThatTheSetDoesNotHaveIsComparedByItsNumber() {
        for (int i = 0; i < 10; i++) {
            add("Get", unknown("old"), unknown("old"), unknown("new"));
        }
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::path, Finding::what)
                .containsExactly("body.#99", "is \"new\", base has \"old\"");
    }

    private static RecordedResponse unknown(String value) {
        DynamicMessage message = OrdersProto.message("Order", "id: 1").toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(com.google.protobuf.ByteString.copyFromUtf8(value))
                                        .build())
                        .build())
                .build();
        return response(frame(message.toByteArray(), false));
    }

    @Test
    void theStatusOfACallIsOneDifferenceAlsoWhereItIsAllThatCame() {
        RecordedResponse refused = new RecordedResponse(
                200,
                List.of(
                        new Field("content-type", "application/grpc"),
                        new Field("grpc-status", "5"),
                        new Field("grpc-message", "no such order")),
                RecordedBody.NONE,
                List.of());
        for (int i = 0; i < 10; i++) {
            add("Get", order("id: 1"), order("id: 1"), refused);
        }
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::path, Finding::facet, Finding::what)
                .containsExactly("grpc-status", Facet.STATUS, "is \"5\", base has \"0\"");
    }

    @Test
    void whatIsNoMessageOfItsTypeIsAnotherKindOfBody() {
        for (int i = 0; i < 10; i++) {
            add("Get", order("id: 1"), order("id: 1"), response(frame(new byte[] {(byte) 0xff, 1, 2}, false)));
        }
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::path, Finding::what)
                .containsExactly("body", "is bytes, base has protobuf");
    }

    @Test
    void withoutItsMethodOrWithoutASetACallIsComparedAsBytes() {
        for (int i = 0; i < 10; i++) {
            add("Other", order("id: 1"), order("id: 1"), order("id: 2"));
        }
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::path)
                .isEqualTo("body");
        assertThat(reader.unknown()).containsExactly("/shop.Orders/Other");
        reader = null;
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::path)
                .isEqualTo("body");
    }

    @Test
    void aSetThatIsNoneSaysSo() {
        assertThatThrownBy(() -> ProtoReader.of(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no descriptor set: ");
        assertThatThrownBy(() -> ProtoReader.of(new byte[0])).hasMessage("a descriptor set without a file");
    }

    @Test
    void webTrailersAndBodiesWithANamedMessageAreRead() {
        byte[] message = OrdersProto.message("Order", "id: 3").toByteArray();
        byte[] trailers = "grpc-status:5\r\ngrpc-message:none\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] frame = ByteBuffer.allocate(5 + trailers.length)
                .put((byte) 0x80)
                .putInt(trailers.length)
                .put(trailers)
                .array();
        assertThat(String.valueOf(reader.grpc("/api/shop.Orders/Get", joined(frame(message, false), frame))))
                .startsWith("{message={id=3,")
                .endsWith("trailer={grpc-message=none, grpc-status=5}}");
        assertThat(String.valueOf(reader.message("application/x-protobuf; messageType=shop.Order", message)))
                .startsWith("{id=3,");
        assertThat(reader.message("application/x-protobuf", message)).isNull();
    }
}
