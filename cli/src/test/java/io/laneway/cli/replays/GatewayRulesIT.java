package io.laneway.cli.replays;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.TextFormat;
import io.laneway.cli.command.Laneway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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

    private static final String PROTO = """
        name: "orders.proto" package: "shop" syntax: "proto3"
        message_type { name: "Order"
          field { name: "price" number: 1 type: TYPE_INT64 label: LABEL_OPTIONAL }
          field { name: "trace" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL } }
        """;

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
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
        TextFormat.merge(PROTO, file);
        Path set = directory.resolve("orders.pb");
        Files.write(set, FileDescriptorSet.newBuilder().addFile(file).build().toByteArray());
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
