import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;

/** A service on the JVM that knows nothing of proxies: it passes the trace on, and no lane. */
public class Order {

    public static void main(String[] args) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", exchange -> {
            byte[] body;
            try {
                String trace = exchange.getRequestHeaders().getFirst("traceparent");
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://stock:8080/"))
                        .header("traceparent", trace == null ? "none" : trace)
                        .build();
                body = ("order@" + args[0] + " > " + client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                        .getBytes();
            } catch (Exception e) {
                body = ("order: " + e).getBytes();
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println("ready");
    }
}
