package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.http.HttpApi;
import io.laneway.control.http.RequestLimit;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.CallMemory;
import io.laneway.control.http.message.MemoryBounds;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is documented is what there is: the routes of openapi.yaml, and the examples of docs/reference/control-api.md. */
class DocumentationIT {

    private static final Set<String> EVERY_EDIT = Set.of("dryRun", "wait", "timeout");
    private static final Set<String> HEADERS = Set.of("ifMatch", "once", "reason");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    @TempDir
    Path directory;

    private TestControl control;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void theOpenApiFileNamesExactlyTheRoutesThatExist() {
        Vertx vertx = Vertx.vertx();
        List<Routes> routes = new ArrayList<>();
        List<Consumer<Routes>> resources = new ArrayList<>(control.api().parts().resources());
        resources.add(routes::add);
        HttpApi.router(
                vertx,
                control.api().parts().authenticator(),
                new RequestLimit(0, Clock.systemUTC()),
                () -> {},
                new CallMemory(MemoryBounds.here()),
                resources);
        Map<String, Set<String>> known = routes.get(0).known();
        Map<String, Set<String>> documented = documented();
        assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(known.keySet());
        documented.forEach((route, query) -> {
            assertThat(known.get(route)).as("query parameters of " + route).containsAll(query);
            assertThat(query).as("query parameters of " + route).containsAll(without(known.get(route), EVERY_EDIT));
        });
        vertx.close();
    }

    private static Set<String> without(Set<String> names, Set<String> some) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(some);
        return rest;
    }

    /** The query parameters of every route. */
    private Map<String, Set<String>> documented() {
        Problems problems = Problems.strict();
        Node file = Documents.parse(control.get("/openapi.yaml").body(), problems);
        assertThat(problems.list()).isEmpty();
        Mapping paths = (Mapping) ((Mapping) file).members().get("paths");
        Map<String, Set<String>> all = new TreeMap<>();
        paths.members()
                .forEach((path, item) -> ((Mapping) item).members().forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        Set<String> query = query((Mapping) item);
                        query.addAll(query((Mapping) operation));
                        all.put(method.toUpperCase(Locale.ROOT) + " " + path, query);
                    }
                }));
        return all;
    }

    private static Set<String> query(Mapping item) {
        Set<String> names = new TreeSet<>();
        if (item.members().get("parameters") instanceof Sequence list) {
            for (Node one : list.items()) {
                Map<String, Node> parameter = ((Mapping) one).members();
                if (parameter.get("$ref") instanceof Scalar ref) {
                    names.add(ref.text().substring(ref.text().lastIndexOf('/') + 1));
                } else if (((Scalar) parameter.get("in")).text().equals("query")) {
                    names.add(((Scalar) parameter.get("name")).text());
                }
            }
        }
        names.removeAll(HEADERS);
        return names;
    }

    @Test
    void theExamplesOfTheDocumentationWorkInOrder() throws IOException, InterruptedException {
        String document = Files.readString(Path.of("../docs/reference/control-api.md"));
        int count = 0;
        for (String block : document.split("```sh\n")) {
            int end = block.indexOf("```");
            if (count++ == 0 || end < 0) {
                continue;
            }
            String script = "set -e\n"
                    + block.substring(0, end)
                            .replace("http://127.0.0.1:9900", control.api().url());
            Process process = new ProcessBuilder("bash", "-c", script)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(script + "\n" + output).isZero();
        }
        assertThat(count).isGreaterThan(8);
    }
}
