package clients;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * An application that answers what another service says to it, asked by the client in the path, and that passes one header
 * of its request on: {@code GET /restclient/traceparent}. Prints its port as soon as it is ready.
 */
@SpringBootApplication
@EnableFeignClients(clients = ClientsApplication.Next.class)
public class ClientsApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ClientsApplication.class, arguments);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> ready(Environment environment) {
        return event -> System.out.println(environment.getProperty("local.server.port"));
    }

    /** The next service, by Feign. */
    @FeignClient(name = "c", url = "${calls}")
    public interface Next {

        @GetMapping("/c")
        String ask(@RequestHeader Map<String, String> headers);
    }

    /** The calls that it makes of each request. */
    @RestController
    public static class Calls {

        private final RestClient restClient;
        private final WebClient webClient;
        private final Next feign;

        public Calls(
                RestClient.Builder restClients,
                WebClient.Builder webClients,
                Next feign,
                @Value("${calls}") URI calls) {
            this.restClient = restClients
                    .requestFactory(new JdkClientHttpRequestFactory(HttpClient.newHttpClient()))
                    .baseUrl(calls.toString())
                    .build();
            this.webClient = webClients.baseUrl(calls.toString()).build();
            this.feign = feign;
        }

        private static Map<String, String> passedOn(String name, Map<String, String> headers) {
            String value = headers.get(name);
            return value == null ? Map.of() : Map.of(name, value);
        }

        @GetMapping("/restclient/{name}")
        public String byRestClient(@PathVariable("name") String name, @RequestHeader Map<String, String> headers) {
            return restClient
                    .get()
                    .uri("/c")
                    .headers(call -> call.setAll(passedOn(name, headers)))
                    .retrieve()
                    .body(String.class);
        }

        @GetMapping("/webclient/{name}")
        public Mono<String> byWebClient(@PathVariable("name") String name, @RequestHeader Map<String, String> headers) {
            return webClient
                    .get()
                    .uri("/c")
                    .headers(call -> call.setAll(passedOn(name, headers)))
                    .retrieve()
                    .bodyToMono(String.class);
        }

        @GetMapping("/feign/{name}")
        public String byFeign(@PathVariable("name") String name, @RequestHeader Map<String, String> headers) {
            return feign.ask(passedOn(name, headers));
        }
    }
}
