package io.laneway.cli.remote;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A diff of the control API for people: each object as YAML, with the lines that changed. Stateless. */
public final class DiffText {

    private static final int CONTEXT = 3;

    private DiffText() {}

    /** The text of a response with {@code diff}, a list of objects with {@code before} and {@code after}. */
    public static String of(JsonObject response) {
        JsonArray diff = response.getJsonArray("diff", new JsonArray());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < diff.size(); i++) {
            object(diff.getJsonObject(i), text);
        }
        return text.isEmpty() ? "no difference" : text.toString().stripTrailing();
    }

    private static void object(JsonObject object, StringBuilder text) {
        String name = (object.getString("kind", "") + " " + object.getString("name", "")).strip();
        List<String> before = lines(object.getValue("before"));
        List<String> after = lines(object.getValue("after"));
        text.append(name).append(": ").append(object.getString("op", "changed")).append('\n');
        List<String> unified =
                UnifiedDiffUtils.generateUnifiedDiff(name, name, before, DiffUtils.diff(before, after), CONTEXT);
        unified.stream().skip(2).forEach(line -> text.append("  ").append(line).append('\n'));
    }

    private static List<String> lines(@Nullable Object value) {
        return value == null ? List.of() : Format.yaml.show(value).lines().toList();
    }
}
