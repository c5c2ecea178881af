package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Ejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to endpoints that are no longer fit for use, and responses whose senders reset behind them. */
class ReuseIT {

    private static final int ROUNDS = Integer.getInteger("laneway.rounds", 150);
    private static final Ejection NONE = new Ejection(0, Duration.ofSeconds(1), 0);

    private static TestGateway gateway(int port, Transport transport) {
        return TestGateway.over(
                new Tables()
                        .protocol(Protocol.HTTP1)
                        .policy(Policies.with(NONE))
                        .service("a", "master", port)
                        .build(),
                config -> TestGateway.with(config, 1, transport));
    }

    /** When unsolicited bytes come: with the response, right behind it, or a little later. */
    private static void unsolicited(Upstream.Conversation conversation, int how, String response) throws IOException {
        String evil = "HTTP/1.1 200 OK\nContent-Length: 4\n\nevil";
        if (how == 0) {
            conversation.send(response + evil);
            return;
        }
        conversation.send(response);
        if (how == 2) {
            LockSupport.parkNanos(50_000);
        }
        conversation.send(evil);
    }

    /** Every second response is followed by unsolicited bytes. */
    private static Upstream.Script meddling() {
        AtomicInteger number = new AtomicInteger();
        return conversation -> {
            for (Upstream.Request request = conversation.pass(); request != null; request = conversation.pass()) {
                String path = request.startLine().split(" ")[1];
                String response = "HTTP/1.1 200 OK\nContent-Length: " + path.length() + "\n\n" + path;
                int turn = number.getAndIncrement();
                if (turn % 2 == 0) {
                    conversation.send(response);
                } else {
                    unsolicited(conversation, turn / 2 % 2, response);
                }
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"1, AUTO", "2, AUTO", "1, EPOLL", "2, EPOLL"})
    void noClientHearsWhatNobodyAskedFor(int clients, Transport transport) {
        try (Upstream upstream = Upstream.scripted(meddling());
                TestGateway gateway = gateway(upstream.port(), transport)) {
            List<CompletableFuture<Integer>> wrong = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int number = client;
                wrong.add(CompletableFuture.supplyAsync(() -> wrongResponses(gateway, number)));
            }
            assertThat(wrong.stream().mapToInt(CompletableFuture::join).sum()).isZero();
        }
    }

    private static int wrongResponses(TestGateway gateway, int number) {
        int wrong = 0;
        try (RawClient client = gateway.client()) {
            for (int round = 0; round < ROUNDS; round++) {
                String path = "/" + number + "-" + round;
                RawClient.Response response = client.get(path);
                wrong += response.status() == 200 && response.body().equals(path) ? 0 : 1;
            }
        }
        return wrong;
    }

    /** Answers when it has seen the head, and takes the rest of the body for the next request. */
    private static void hasty(Upstream.Conversation conversation) throws IOException {
        for (String head = conversation.head(); head != null; head = conversation.head()) {
            String path = head.split(" ")[1];
            conversation.send("HTTP/1.1 200 OK\nContent-Length: " + path.length() + "\n\n" + path);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, AUTO", "2, AUTO", "1, EPOLL", "2, EPOLL"})
    void aConnectionWhoseEndpointAnsweredBeforeItReadTheBodyCarriesNoOther(int clients, Transport transport) {
        try (Upstream upstream = Upstream.scripted(ReuseIT::hasty);
                TestGateway gateway = gateway(upstream.port(), transport)) {
            List<CompletableFuture<Integer>> wrong = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int number = client;
                wrong.add(CompletableFuture.supplyAsync(() -> wrongBehindBodies(gateway, number)));
            }
            assertThat(wrong.stream().mapToInt(CompletableFuture::join).sum()).isZero();
        }
    }

    /** Sends the head of a request, then, when it is answered, a body that looks like a request, then another request. */
    private static int wrongBehindBodies(TestGateway gateway, int number) {
        String body = "GET /evil HTTP/1.1\r\nHost: a.test\r\n\r\n";
        int wrong = 0;
        try (RawClient client = gateway.client()) {
            for (int round = 0; round < ROUNDS; round++) {
                String path = "/" + number + "-" + round;
                client.send("POST " + path + " HTTP/1.1\nHost: a.test\nContent-Length: " + body.length() + "\n\n");
                wrong += client.response().body().equals(path) ? 0 : 1;
                client.sendRaw(body);
                RawClient.Response next = client.get(path + "b");
                wrong += next.body().equals(path + "b") ? 0 : 1;
            }
        }
        return wrong;
    }

    /** Refuses by the head alone, and resets since the rest is not read. */
    private static void refusing(Upstream.Conversation conversation) throws IOException {
        conversation.head();
        conversation.send("HTTP/1.1 413 Content Too Large\nContent-Length: 8\nConnection: close\n\ntoo much");
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"AUTO", "EPOLL", "NIO"})
    void aRefusalWhoseSenderResetsReachesTheClientEachTime(Transport transport) {
        try (Upstream upstream = Upstream.scripted(ReuseIT::refusing);
                TestGateway gateway = gateway(upstream.port(), transport)) {
            List<String> lost = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                lost(gateway, round).ifPresent(lost::add);
            }
            assertThat(lost).isEmpty();
        }
    }

    private static java.util.Optional<String> lost(TestGateway gateway, int round) {
        int size = (round % 10 + 1) << 18;
        try (RawClient client = gateway.client()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> upload(client.socket(), size));
            RawClient.Response response = client.response();
            sent.join();
            boolean told = response.status() == 413 && response.body().equals("too much");
            return told ? java.util.Optional.empty() : java.util.Optional.of(round + ": " + response);
        } catch (UncheckedIOException e) {
            return java.util.Optional.of(round + ": " + e);
        }
    }

    private static void upload(Socket socket, int size) {
        try {
            String head = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + size + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            byte[] piece = new byte[1 << 16];
            for (int at = 0; at < size; at += piece.length) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException e) {
            return; // it is answered already
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"AUTO", "EPOLL"})
    void aRefusalReachesClientsOfHttp2EachTime(Transport transport) {
        try (Upstream upstream = Upstream.scripted(ReuseIT::refusing);
                TestGateway gateway = gateway(upstream.port(), transport)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (FrameSocket client = FrameSocket.client(gateway.port())) {
                    client.headers(1, false, FrameSocket.POST);
                    for (int i = 0; i < 4; i++) {
                        client.frame(FrameSocket.DATA, 0, 1, new byte[16_000]);
                    }
                    FrameSocket.Response response = client.response(1);
                    assertThat(response.status() + " " + response.body()).isEqualTo("413 too much");
                }
            }
        }
    }
}
