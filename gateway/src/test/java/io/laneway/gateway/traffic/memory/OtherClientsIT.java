package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.testkit.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of Node, Python and Go that pass one header on, by the clients that most of them have. */
class OtherClientsIT {

    private static final String TRACE = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n";

    private static final String NODE = """
        const http = require('node:http');
        const [client, out, name] = process.argv.slice(1);
        const url = `http://127.0.0.1:${out}/c`;
        const calls = {
          fetch: async headers => (await fetch(url, {headers})).text(),
          http: headers => new Promise((done, failed) => http.get(url, {headers}, async answer => {
            let text = '';
            for await (const chunk of answer) text += chunk;
            done(text);
          }).on('error', failed)),
          axios: async headers => (await require('axios').get(url, {headers})).data,
        };
        http.createServer(async (request, response) => {
          const value = request.headers[name];
          response.end(await calls[client](value ? {[name]: value} : {}));
        }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
        """;

    private static final String PYTHON = """
        import http.client, http.server, sys, urllib.request
        client, out, name = sys.argv[1:]
        def by_urllib(headers):
            return urllib.request.urlopen(urllib.request.Request(f'http://127.0.0.1:{out}/c', headers=headers)).read()
        def by_http(headers):
            connection = http.client.HTTPConnection('127.0.0.1', int(out))
            connection.request('GET', '/c', headers=headers)
            return connection.getresponse().read()
        def by_requests(headers):
            import requests
            return requests.get(f'http://127.0.0.1:{out}/c', headers=headers).content
        call = {'urllib': by_urllib, 'http': by_http, 'requests': by_requests}[client]
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                value = self.headers.get(name)
                body = call({name: value} if value else {})
                self.send_response(200)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *ignored):
                pass
        server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """;

    private static final String GO = """
        package main

        import (
            "fmt"
            "io"
            "net"
            "net/http"
            "os"
        )

        func main() {
            out, name := os.Args[1], os.Args[2]
            listener, _ := net.Listen("tcp", "127.0.0.1:0")
            fmt.Println(listener.Addr().(*net.TCPAddr).Port)
            http.Serve(listener, http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
                call, _ := http.NewRequest("GET", "http://127.0.0.1:"+out+"/c", nil)
                if value := request.Header.Get(name); value != "" {
                    call.Header.Set(name, value)
                }
                answer, err := http.DefaultClient.Do(call)
                if err != nil {
                    http.Error(response, err.Error(), 502)
                    return
                }
                io.Copy(response, answer.Body)
                answer.Body.Close()
            }))
        }
        """;

    @TempDir
    private static Path built;

    static Upstream last() {
        return Upstream.responding(request -> {
            String lane = String.valueOf(request.header("trace-branch"));
            return "HTTP/1.1 200 OK\nContent-Length: " + lane.length() + "\n\n" + lane;
        });
    }

    /** Whether the language is there, and what the client needs beside it. */
    private static void needs(String language, String flag, String check) throws Exception {
        assumeTrue(Programs.has(language), "skipped: no " + language + " on the PATH");
        assumeTrue(
                check == null
                        || Programs.run(Path.of("."), List.of(language, flag, check))
                                        .exit()
                                == 0,
                "skipped: " + language + " cannot: " + check);
    }

    @ParameterizedTest
    @CsvSource({
        "node, fetch, , traceparent, 1",
        "node, fetch, , x-request-id, 1",
        "node, fetch, , trace-branch, 0",
        "node, http, , traceparent, 1",
        "node, axios, require('axios'), traceparent, 1",
        "python3, urllib, , traceparent, 1",
        "python3, http, , traceparent, 1",
        "python3, urllib, , trace-branch, 0",
        "python3, requests, import requests, traceparent, 1",
    })
    void aCallStaysInTheLane(String language, String client, String check, String name, int lost) throws Exception {
        boolean node = language.equals("node");
        needs(language, node ? "-e" : "-c", check);
        staysInTheLane(
                out -> List.of(language, node ? "-e" : "-c", node ? NODE : PYTHON, client, String.valueOf(out), name),
                lost);
    }

    @ParameterizedTest
    @CsvSource({"traceparent, 1", "trace-branch, 0"})
    void aCallByGoStaysInTheLane(String name, int lost) throws Exception {
        assumeTrue(Programs.has("go"), "skipped: no go on the PATH");
        Path source = Files.writeString(built.resolve("main.go"), GO);
        Path program = built.resolve("main");
        if (!Files.exists(program)) {
            Programs.Ended compiled =
                    Programs.run(built, List.of("go", "build", "-o", program.toString(), source.toString()));
            assertThat(compiled.exit()).as(compiled.toString()).isZero();
        }
        staysInTheLane(out -> List.of(program.toString(), String.valueOf(out), name), lost);
    }

    /** @param command starts the program, given the port of the gateway for its calls */
    private static void staysInTheLane(IntFunction<List<String>> command, int lost) throws Exception {
        try (Upstream c = last();
                Program b = new Program();
                Sidecar sidecar = Sidecar.of("b", b.relay(), "c", c.port());
                RawClient asking = RawClient.to(sidecar.in())) {
            b.start(command.apply(sidecar.out()));

            assertThat(asking.get("/", "trace-branch: f-1\nx-request-id: r-1\n" + TRACE)
                            .body())
                    .isEqualTo("f-1");
            assertThat(sidecar.counts().lost()).isEqualTo(lost);
            assertThat(sidecar.counts().restored()).isEqualTo(lost);
        }
    }
}
