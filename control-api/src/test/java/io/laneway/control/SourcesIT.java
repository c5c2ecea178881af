package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.control.TestControl.Answer;
import io.laneway.control.TestWatch.Event;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource;
import io.laneway.router.source.TablePublisher;
import io.laneway.router.source.TableRefused;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What discovery finds, what other doors change, and what publishers are handed. */
class SourcesIT {

    @TempDir
    Path directory;

    private final Found found = new Found();
    private final Paper paper = new Paper();
    private TestControl control;

    /** A discovery that a test speaks for. */
    private static final class Found implements DeploymentSource {
        private volatile Consumer<Overlay> listener = overlay -> {};

        @Override
        public String name() {
            return "test";
        }

        @Override
        public void start(Consumer<Overlay> listener) {
            this.listener = listener;
        }

        void says(String lane, String service, String address) {
            Deployment deployment = Deployment.of(lane, Protocol.AUTO, List.of(Endpoint.at(address)));
            listener.accept(new Overlay(
                    List.of(Lane.named(lane)),
                    List.of(new Service(
                            ServiceId.parse(service),
                            List.of(service + ".found"),
                            null,
                            List.of(deployment),
                            Policy.DEFAULT))));
        }

        @Override
        public void close() {}
    }

    /** A publisher that keeps what it was handed, and fails now and then. */
    private static final class Paper implements TablePublisher {
        private final List<Long> revisions = new CopyOnWriteArrayList<>();
        private volatile long last;
        private volatile boolean stuck;
        private int calls;

        @Override
        public CompletionStage<Long> verify(String store, long position) {
            return CompletableFuture.completedFuture(last);
        }

        @Override
        public String name() {
            return "paper";
        }

        @Override
        public CompletionStage<Long> position(String store) {
            return CompletableFuture.completedFuture(last);
        }

        @Override
        public CompletionStage<Void> snapshot(String store, LaneTable table) {
            return took(table.revision());
        }

        @Override
        public CompletionStage<Void> delta(String store, TableDelta delta) {
            return took(delta.revision());
        }

        private CompletionStage<Void> took(long revision) {
            if (stuck || ++calls % 4 == 0) {
                return CompletableFuture.failedFuture(new IllegalStateException("broker away"));
            }
            revisions.add(revision);
            last = revision;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() {
        control = TestControl.start(ControlConfig.in(directory, 0).with(List.of(found), List.of(paper)));
        control.put("/v1/table", ControlApiIT.PICTURE);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void whatIsFoundIsPublishedAndStandsInNoHistory() {
        String etag = control.get("/v1/services/a").etag();
        try (TestWatch watch = control.watch("?from=1")) {
            found.says("f-9", "a", "10.0.0.1:80");
            Event event = watch.next();
            assertThat(event.id()).isEqualTo(2);
            assertThat(event.data().getJsonArray("changes").encode()).contains("10.0.0.1:80");
        }
        assertThat(control.get("/v1/services/a").etag()).isEqualTo(etag);
        assertThat(control.get("/v1/table").revision()).isEqualTo(1);
        assertThat(control.get("/v1/table?view=published").revision()).isEqualTo(2);
        assertThat(control.get("/v1/revisions").json().getJsonArray("revisions"))
                .hasSize(1);
        assertThat(control.get("/v1/lanes/f-9").json().getBoolean("discovered")).isTrue();
        assertThat(control.put("/v1/lanes/f-8", "{}").revision())
                .as("one counter for both")
                .isEqualTo(3);
        assertThat(control.post("/v1/revisions/1/restore", "").revision()).isEqualTo(4);
        assertThat(control.get("/v1/table?view=published").body())
                .as("a restore leaves what was found")
                .contains("10.0.0.1:80");
    }

    @Test
    void whatWasEditedWinsOverWhatWasFound() {
        found.says("f-1", "a", "10.0.0.1:80");
        control.put("/v1/lanes/f-8", "{}");
        assertThat(control.get("/v1/table?view=published").body()).doesNotContain("10.0.0.1:80");
    }

    @Test
    void aServiceFoundWithItsNamespaceIsTheOneThatWasPutWithout() {
        control.post(
                "/v1/apply", "{\"routes\":[{\"hosts\":[\"shop.example.com\"],\"path\":\"/a\",\"service\":\"a\"}]}");
        String etag = control.get("/v1/services/a").etag();
        found.says("f-9", "a.shop", "10.0.0.1:80");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> control.get("/v1/lanes/f-9").status() == 200);
        JsonObject service = control.get("/v1/services/a").json();
        assertThat(service.getString("namespace")).isEqualTo("shop");
        assertThat(service.getJsonArray("hosts").encode()).contains("a.example.com", "a.shop.found");
        assertThat(service.containsKey("discovered")).isFalse();
        assertThat(control.get("/v1/services/a.shop").etag()).isEqualTo(etag);
        String published = control.get("/v1/table?view=published").body();
        assertThat(published).contains("\"service\":\"a.shop\"");
        assertThat(new JsonObject(published).getJsonArray("services")).hasSize(2);
        assertThat(control.post("/v1/explain", "{\"service\":\"a\",\"lane\":\"f-9\"}")
                        .body())
                .contains("10.0.0.1:80");

        String body = "{\"endpoints\":[\"10.0.0.2:80\"]}";
        assertThat(control.put("/v1/services/a.shop/deployments/f-1", body).status())
                .as("either name edits what was put")
                .isEqualTo(200);
        assertThat(control.get("/v1/table").body()).contains("10.0.0.2:80").doesNotContain("shop\"");
    }

    @Test
    void aPublisherGetsEachRevisionOnceInOrderAlsoWhenItFails() {
        for (int i = 0; i < 40; i++) {
            control.put("/v1/lanes/p-" + i, "{}");
        }
        // Thirteen failures: a pause that doubled with each of them, and not only in a row, would take over a minute.
        await().atMost(Duration.ofSeconds(30)).until(() -> paper.last == 41);
        for (int i = 1; i < paper.revisions.size(); i++) {
            assertThat(paper.revisions.get(i)).isEqualTo(paper.revisions.get(i - 1) + 1);
        }
    }

    @Test
    void anObjectOfAnotherDoorIsReadOnlyHere() {
        long revision = control.api()
                .editor()
                .apply("crd:shop/f-7", "from a custom resource", List.of(new TableChange.PutLane(Lane.named("f-7"))))
                .toCompletableFuture()
                .join();
        assertThat(revision).isEqualTo(2);
        assertThat(control.get("/v1/lanes/f-7").status()).isEqualTo(200);
        Answer answer = control.put("/v1/lanes/f-7", "{\"keep\":true}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("crd:shop/f-7");
        assertThat(control.delete("/v1/lanes/f-7").status()).isEqualTo(409);
        assertThatThrownBy(() -> control.api()
                        .editor()
                        .apply("crd:shop/f-1", "", List.of(new TableChange.RemoveLane("f-1")))
                        .toCompletableFuture()
                        .join())
                .hasRootCauseInstanceOf(TableRefused.class);
        control.close();
        control = TestControl.start(directory);
        assertThat(control.delete("/v1/lanes/f-7").status())
                .as("owners outlive a restart")
                .isEqualTo(409);
    }

    @Test
    void lintNamesWhatIsOdd() {
        String body = control.get("/v1/lint").body();
        assertThat(body).contains("lane-without-deployments").contains("lane G1");
    }

    @Test
    void aStoreIsAcceptedInPlaceOfAnother() {
        String id = control.get("/v1/store").json().getString("store");
        assertThat(control.post("/v1/store/accept", "{\"replaces\":\"other\"}")
                        .json()
                        .getString("store"))
                .isEqualTo(id);
        try (TestWatch watch = control.watch("")) {
            assertThat(watch.next().data().getJsonArray("replaces")).containsExactly("other");
            assertThat(control.post("/v1/store/accept", "").json().getString("store"))
                    .isNotEqualTo(id);
            assertThat(watch.next().data().getJsonArray("replaces")).containsExactly("other", id);
        }
    }

    @Test
    void aPublisherThatLostWhatItHadGetsTheTableAgainWithoutAnyChange() {
        await().atMost(Duration.ofSeconds(30)).until(() -> paper.last == 1);
        paper.revisions.clear();
        paper.last = 0;
        await().atMost(Duration.ofSeconds(30)).until(() -> paper.last == 1);
        assertThat(paper.revisions).containsExactly(1L);
    }

    @Test
    void aPublisherThatIsStuckShowsInReadinessAndMetricsAndMakesNothingUnready() {
        await().atMost(Duration.ofSeconds(30)).until(() -> paper.last == 1);
        paper.stuck = true;
        control.put("/v1/lanes/f-8", "{}");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(control.get("/readyz").status()).isEqualTo(200);
            assertThat(publisher().getLong("lag")).isEqualTo(1);
            assertThat(publisher().getString("problem")).isEqualTo("broker away");
            assertThat(control.get("/metrics").body())
                    .contains("laneway_control_publisher_lag_revisions{publisher=\"paper\"} 1.0")
                    .contains("laneway_control_publisher_behind_seconds{publisher=\"paper\"}");
        });
        paper.stuck = false;
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(publisher().getLong("lag")).isZero();
            assertThat(publisher().containsKey("problem")).isFalse();
        });
    }

    private JsonObject publisher() {
        return control.get("/readyz").json().getJsonArray("publishers").getJsonObject(0);
    }
}
