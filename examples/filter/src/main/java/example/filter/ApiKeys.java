package example.filter;

import io.laneway.filter.Filter;
import io.laneway.filter.FilterFactory;
import io.laneway.filter.FilterRequest;
import io.laneway.filter.FilterResult;
import io.laneway.filter.FilterSettings;
import io.laneway.filter.HeaderChanges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * {@code filter: api-keys}: clients show a key, endpoints learn whose it is and never see it.
 *
 * <pre>{@code
 * settings: {header: x-api-key, keys: ["s3cret ann", "0ther bob"]}
 * }</pre>
 */
public final class ApiKeys implements FilterFactory {

    @Override
    public String kind() {
        return "api-keys";
    }

    @Override
    public Filter create(FilterSettings settings) {
        String header = settings.text("header", "x-api-key");
        Map<String, String> names = new HashMap<>();
        List<String> keys = settings.texts("keys");
        for (int i = 0; i < keys.size(); i++) {
            String[] pair = keys.get(i).split(" ", -1);
            if (pair.length != 2) {
                // never with what it says: this goes into a log
                throw new IllegalArgumentException("keys[" + i + "]: of another form (expected: a key and a name)");
            }
            names.put(pair[0], pair[1]);
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("keys: missing (expected: at least one)");
        }
        return request -> look(request, header, names);
    }

    private static CompletionStage<? extends FilterResult> look(
            FilterRequest request, String header, Map<String, String> names) {
        String key = request.headers().first(header);
        String name = key == null ? null : names.get(key);
        if (name == null) {
            return FilterResult.respond(401)
                    .header("www-authenticate", "ApiKey realm=\"" + request.service() + "\"")
                    .now();
        }
        return FilterResult.proceed()
                .remove(header)
                .set("x-client-name", name)
                .onResponse(response -> HeaderChanges.none().set("x-served-for", name))
                .now();
    }
}
