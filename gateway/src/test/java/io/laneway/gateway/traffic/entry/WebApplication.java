package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.Upstream.Conversation;
import io.laneway.gateway.testkit.Upstream.Request;
import io.laneway.gateway.testkit.WebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An application of several pages, as one deployment of it serves them: each says the name of the deployment. It has a form,
 * a script that browsers may cache, a service worker, a WebSocket, server-sent events, a download and redirections.
 */
final class WebApplication {

    private static final String PAGE = """
            <!doctype html><title>NAME</title><link rel="icon" href="data:,">
            <p id="name">NAME</p><script src="/asset.js"></script>
            <form method="post" action="/form"><input name="a" value="1"></form>
            <a id="file" href="/download" download="lane.txt">file</a><a id="next" href="/next">next</a>
            """;

    private static final String WORKER = """
            self.addEventListener('install', e => self.skipWaiting());
            self.addEventListener('activate', e => e.waitUntil(clients.claim()));
            self.addEventListener('fetch', e => {
              if (new URL(e.request.url).pathname === '/by-worker') e.respondWith(fetch('/who'));
            });
            """;

    private final String name;

    private WebApplication(String name) {
        this.name = name;
    }

    /** A deployment that calls itself so. */
    static Upstream named(String name) {
        return Upstream.scripted(new WebApplication(name)::serve);
    }

    private void serve(Conversation conversation) throws IOException {
        for (Request request = conversation.read(); request != null; request = conversation.read()) {
            if (request.header("upgrade") != null) {
                WebSocket socket = WebSocket.accept(conversation, request.head());
                socket.frame(true, WebSocket.TEXT, name.getBytes(StandardCharsets.UTF_8));
                socket.read();
                return;
            }
            conversation.send(response(request));
        }
    }

    private String response(Request request) {
        String path = request.startLine().split(" ")[1].split("\\?")[0];
        String origin = request.header("origin");
        String allowed = origin == null
                ? ""
                : "Access-Control-Allow-Origin: " + origin + "\nAccess-Control-Allow-Credentials: true\n"
                        + "Access-Control-Allow-Headers: x-own\nAccess-Control-Max-Age: 0\n"
                        + "Access-Control-Expose-Headers: x-preflights\n";
        if (request.startLine().startsWith("OPTIONS")) {
            return "HTTP/1.1 204 No Content\n" + allowed + "\n";
        }
        return switch (path) {
            case "/who" -> ok("text/plain", allowed, name);
            case "/asset.js" ->
                ok("text/javascript", "Cache-Control: public, max-age=3600\n", "window.asset='" + name + "'");
            case "/worker.js" -> ok("text/javascript", "", WORKER);
            case "/events" -> ok("text/event-stream", "", "data: " + name + "\n\n");
            case "/download" -> ok("application/octet-stream", "Content-Disposition: attachment\n", name);
            case "/form" -> "HTTP/1.1 303 See Other\nLocation: /after\nContent-Length: 0\n\n";
            case "/home" ->
                "HTTP/1.1 302 Found\nLocation: http://app.shop.test:" + port(request) + "/who\nContent-Length: 0\n\n";
            default -> ok("text/html", "", PAGE.replace("NAME", name));
        };
    }

    private static String port(Request request) {
        String host = request.header("host");
        return host.substring(host.indexOf(':') + 1);
    }

    private static String ok(String type, String more, String body) {
        int length = body.replace("\n", "\r\n").length();
        return "HTTP/1.1 200 OK\nContent-Type: " + type + "\n" + more + "Content-Length: " + length + "\n\n" + body;
    }
}
