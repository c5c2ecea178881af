package io.laneway.k8s.imports.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.imports.nginx.RunningNginx;
import io.laneway.k8s.imports.source.Led;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests lead where a real nginx leads them, with the path and host that it sends, for each configuration. */
class NginxShapesIT {

    @TempDir
    Path folder;

    static Stream<Shape> shapes() {
        return Shape.of(ShapeKind.NGINX).stream().filter(shape -> !shape.asks().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void requestsLeadWhereNginxLeadsThem(Shape shape) throws IOException {
        try (RunningNginx nginx = new RunningNginx(folder, shape.text(), Function.identity())) {
            SourceFile file = new SourceFile(shape.name(), nginx.text());
            Led led = new Led(Objects.requireNonNull(ShapeKind.NGINX.read(file, Problems.strict()))
                    .table());
            for (String ask : shape.asks()) {
                assertThat(led.to(ask).stream().map(one -> normal(one, host(ask))))
                        .as(shape + ": " + ask)
                        .contains(real(nginx, ask));
            }
        }
    }

    private static String host(String ask) {
        return ask.substring(0, ask.indexOf('/'));
    }

    /** With the client's host and scheme where it says none. */
    private static String normal(String led, String host) {
        if (led.equals("none")) {
            return "404";
        }
        String there = led.replaceFirst("://-", "://" + host).replaceFirst(" -://", " http://");
        return there.replaceFirst(" -$", " " + host);
    }

    private static String real(RunningNginx nginx, String ask) throws IOException {
        String[] parts = ask.split(" \\| ");
        List<String> headers = Arrays.asList(parts).subList(1, parts.length);
        String response = nginx.ask("GET", host(ask), parts[0].substring(parts[0].indexOf('/')), headers);
        String status = response.split(" ")[1];
        if (status.startsWith("3")) {
            String location = response.replaceAll("(?is).*\r\nlocation: ([^\r]*)\r\n.*", "$1");
            return status + " " + location.replaceFirst(":[0-9]+/", "/").replaceFirst("\\?.*", "");
        }
        return status.equals("200") ? "127.0.0.1:" + response.replaceAll("(?s).*\r\n\r\n", "") : status;
    }
}
