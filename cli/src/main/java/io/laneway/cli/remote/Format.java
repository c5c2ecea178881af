package io.laneway.cli.remote;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** How a response is shown: as a table for a person, or as JSON or YAML for a program. */
public enum Format {
    table,
    json,
    yaml;

    /** The text of a document; {@code columns} and their order count for tables alone. */
    public String show(Object document, String... columns) {
        return switch (this) {
            case table -> new TextTable(columns).show(document);
            case json ->
                document instanceof JsonObject object
                        ? object.encodePrettily()
                        : document instanceof JsonArray array ? array.encodePrettily() : Json.encode(document);
            case yaml ->
                new Dump(DumpSettings.builder()
                                .setDefaultFlowStyle(FlowStyle.BLOCK)
                                .build())
                        .dumpToString(plain(document))
                        .stripTrailing();
        };
    }

    private static Object plain(Object document) {
        if (document instanceof JsonObject object) {
            return object.getMap();
        }
        return document instanceof JsonArray array ? array.getList() : document;
    }
}
