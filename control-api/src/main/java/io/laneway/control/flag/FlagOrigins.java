package io.laneway.control.flag;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;

/** Which pages of other sites may evaluate flags, by CORS (Fetch section 3.2). Stateless. */
public final class FlagOrigins {

    private static final int FIRST = -1;
    private static final int MAX_AGE_SECONDS = 600;

    private FlagOrigins() {}

    /** Adds to the API what browsers ask before they call its flags. */
    public static void allow(Router api, List<String> origins) {
        if (origins.isEmpty()) {
            return;
        }
        CorsHandler cors = CorsHandler.create()
                .allowedMethod(HttpMethod.POST)
                .allowedHeaders(Set.of("authorization", "content-type", "if-none-match"))
                .exposedHeader("etag")
                .maxAgeSeconds(MAX_AGE_SECONDS);
        if (origins.contains("*")) {
            cors.addOrigin("*");
        } else {
            cors.addOrigins(origins);
        }
        api.route("/ofrep/*").order(FIRST).handler(cors);
    }
}
