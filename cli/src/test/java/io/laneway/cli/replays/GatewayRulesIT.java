package io.laneway.cli.replays;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.command.Laneway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway compares by the files of rules and of descriptors that a team has for {@code laneway diff}. */
class GatewayRulesIT {

    /** It is another one at the lane. */
    private static final String TOKEN = "ignore: [{path: body.access_token}]\n";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Shop shop;

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void rulesLeaveOutWhatATeamKnows() throws IOException {
        shop = new Shop(directory, "permissive");
        shop.recording(40, "GET");
        assertThat(start()).isEqualTo(1);
        assertThat(out.toString()).contains("body.price (number)");
        assertThat(start("--rules", rules("ignore: [{path: body.access_token}, {path: body.price}]")))
                .isZero();
        assertThat(start("--rules", rules(TOKEN + "tolerances: [{path: body.price, number: 2%}]")))
                .isZero();
        assertThat(start("--rules", rules(TOKEN + "tolerances: [{path: body.price, number: 0.5}]")))
                .isEqualTo(1);

        assertThat(start("--rules", rules("ignore: [{path: 5}]\nlists:\n- path: a")))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("rules.yaml:1", "rules.yaml:3", "(expected: a text, in quotes)")
                .doesNotContain("\tat ");
        assertThat(start("--rules", directory.resolve("none.yaml").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("none.yaml: is not there (expected: a readable file)");
    }

    @Test
    void descriptorsHaveMessagesComparedByField() throws IOException {
        shop = new Shop(directory, "permissive");
        shop.type = "application/x-protobuf; messageType=shop.Order";
        shop.recording(40, "GET");
        String json = rules("ignore: [{path: body.price}, {path: body.access_token}]");
        assertThat(start("--rules", json))
                .as("messages differ each time, as bytes")
                .isZero();
        Path set = Files.write(directory.resolve("orders.pb"), descriptors());
        assertThat(start("--descriptors", set.toString(), "--rules", rules("ignore: [{path: body.access_token}]")))
                .isEqualTo(1);
        assertThat(out.toString()).contains("GET /orders/{id}: body.price (number) is 101, base has 100");

        Path other = Files.writeString(directory.resolve("other.pb"), "no set");
        assertThat(start("--descriptors", other.toString())).isEqualTo(2);
        assertThat(out.toString()).contains("failed", "descriptors: no descriptor set");
        assertThat(start("--descriptors", directory.resolve("none.pb").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("none.pb: is not there (expected: a descriptor set)");
    }

    /** The recording has pseudonyms of the token, and another one in the responses than in the requests. */
    @Test
    void aRedactedTokenBecomesTheOneThatTheSideGave() throws IOException {
        shop = new Shop(directory, "permissive");
        shop.recording(5, "GET");
        String rules = rules("""
            values:
              - from: "GET /orders/*"
                take: {json: $.access_token}
                put: [{header: authorization}]
                always: true
            """);
        assertThat(start("--rules", rules)).isEqualTo(1);
        assertThat(shop.authorizations)
                .filteredOn(one -> !one.contains("Bearer lwp_"))
                .as("all but those of each side that were sent before the first had its response")
                .hasSizeBetween(6, 12)
                .containsOnly("master Bearer " + Shop.SECRET + "master", "f-1 Bearer " + Shop.SECRET + "f-1");
        assertThat(out.toString()).doesNotContain(Shop.SECRET);
    }

    /** What protoc makes of {@code message Order { int64 price = 1; string trace = 2; }} in package shop. */
    private static byte[] descriptors() {
        byte[] price = field("price", 1, 3);
        byte[] trace = field("trace", 2, 9);
        byte[] order = joined(part(1, "Order"), part(2, price), part(2, trace));
        return part(1, joined(part(1, "orders.proto"), part(2, "shop"), part(4, order), part(12, "proto3")));
    }

    private static byte[] field(String name, int number, int type) {
        return joined(part(1, name), new byte[] {3 << 3, (byte) number, 4 << 3, 1, 5 << 3, (byte) type});
    }

    private static byte[] part(int number, String text) {
        return part(number, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A field of bytes, of fewer than 128. */
    private static byte[] part(int number, byte[] bytes) {
        return joined(new byte[] {(byte) (number << 3 | 2), (byte) bytes.length}, bytes);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private String rules(String text) throws IOException {
        return Files.writeString(directory.resolve("rules.yaml"), text).toString();
    }

    private int start(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("replays", "start", "orders", "--lane", "f-1", "--follow"));
        all.addAll(List.of("--against", "master", "--rate", "200/s", "--control", shop.url()));
        all.addAll(List.of(words));
        return Laneway.commandLine(all.toArray(new String[0]))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(new String[0]));
    }
}
