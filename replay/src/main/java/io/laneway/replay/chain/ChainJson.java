package io.laneway.replay.chain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;

/** Chains as a list of JSON: each with {@code request}, {@code hops}, and {@code failed} if something did. Stateless. */
public final class ChainJson {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private ChainJson() {}

    /** Writes chains by their names. */
    public static void write(Map<String, Chain> chains, Writer out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (Map.Entry<String, Chain> chain : chains.entrySet()) {
                chain(chain.getKey(), chain.getValue(), json);
            }
            json.writeEndArray();
        }
        out.write(System.lineSeparator());
        out.flush();
    }

    private static void chain(String name, Chain chain, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("request", name);
        json.writeArrayFieldStart("hops");
        for (Chain.Link link : chain.links()) {
            hop(link, json);
        }
        json.writeEndArray();
        Blame blame = chain.failed();
        if (blame != null) {
            json.writeObjectFieldStart("failed");
            json.writeNumberField("hop", blame.hop());
            json.writeStringField("who", blame.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("name", blame.name());
            json.writeStringField("why", blame.why());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void hop(Chain.Link link, JsonGenerator json) throws IOException {
        Hop hop = link.hop();
        json.writeStartObject();
        json.writeNumberField("depth", link.depth());
        json.writeStringField("gateway", hop.gateway());
        json.writeStringField("service", hop.service());
        json.writeStringField("lane", hop.lane());
        json.writeStringField("method", hop.method());
        json.writeStringField("path", hop.path());
        json.writeNumberField("status", hop.status());
        json.writeStringField("grpcStatus", hop.grpcStatus());
        json.writeStringField("flags", hop.flags());
        json.writeStringField("start", hop.start().toString());
        json.writeNumberField("duration", hop.duration().toNanos() / 1e6);
        json.writeBooleanField("failed", link.failed());
        json.writeEndObject();
    }
}
