package io.laneway.k8s.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.api.RuledApiServer;
import io.laneway.router.model.Lane;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.table.delta.TableChange.PutLane;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CustomResourcesIT {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final Cluster cluster = new Cluster();
    private final KubernetesClient client = cluster.open();
    private final FakeEditor editor = new FakeEditor();
    private final NotedFindings noted = new NotedFindings();
    private final CustomResources resources = new CustomResources(client, Set.of("shop", "other"), editor, noted, NOON);

    @BeforeEach
    void start() {
        for (CustomKind kind : CustomKind.values()) {
            var context = kind.context();
            cluster.server()
                    .expectCustomResource(new CustomResourceDefinitionContext.Builder()
                            .withGroup(context.getGroup())
                            .withVersion(context.getVersion())
                            .withKind(context.getKind())
                            .withPlural(context.getPlural())
                            .withScope("Namespaced")
                            .withStatusSubresource(true)
                            .build());
        }
        resources.start();
    }

    @AfterEach
    void close() {
        resources.close();
        client.close();
        cluster.close();
    }

    @Test
    void putsALaneIntoTheTableAndSaysSoInItsStatus() {
        var lane = create(CustomKind.LANE, "f-1", Map.of("mode", "strict", "description", "checkout"));

        await().until(() -> condition(lane, "Programmed").equals("True Published"));
        assertThat(condition(lane, "Accepted")).isEqualTo("True Accepted");
        assertThat(editor.current().lanes().get(0).description()).isEqualTo("checkout");
        assertThat(lane.get().<Integer>get("status", "revision")).isEqualTo(1);
        assertThat(lane.get().<String>get("status", "conditions", 0, "lastTransitionTime"))
                .isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void setsTheSharesOfAShift() {
        editor.apply("", "test", List.of(new PutLane(Lane.named("G0"))));
        var shift = create(
                CustomKind.TENANT_SHIFT,
                "default",
                Map.of(
                        "tenant", List.of(Map.of("header", "x-tenant-id")),
                        "environments", List.of(Map.of("lane", "G0", "share", "20%"))));

        await().until(() -> condition(shift, "Programmed").equals("True Published"));
        Shift made = editor.current().shifts().get(0);
        assertThat(made.environments().get(0).share()).isEqualTo(Share.parse("20%"));
    }

    @Test
    void saysEverythingThatIsWrongAndLeavesTheTableAsItIs() {
        var lane = create(CustomKind.LANE, "f-1", Map.of("mode", "lax", "keep", "yes"));

        await().until(() -> condition(lane, "Accepted").equals("False Invalid"));
        assertThat(message(lane)).contains("mode", "permissive", "keep", "true or false");
        assertThat(noted.all())
                .containsExactly(new Finding(Finding.Kind.REFUSED, Finding.On.LANE, "shop/f-1", message(lane)));
        assertThat(editor.current().lanes()).isEmpty();
    }

    @Test
    void anObjectOfTheOtherDoorIsRefusedAndStaysAsItIs() {
        editor.apply("", "test", List.of(new PutLane(Lane.named("f-1"))));
        var lane = create(CustomKind.LANE, "f-1", Map.of("mode", "strict"));

        await().until(() -> condition(lane, "Accepted").equals("False Refused"));
        assertThat(editor.current().lanes()).containsExactly(Lane.named("f-1"));
        lane.delete();
        await().until(() -> lane.get() == null);
        assertThat(editor.hasLane("f-1")).isTrue();
        await().until(() -> noted.all().isEmpty());
    }

    @Test
    void triesAgainUntilTheLaneThatItNeedsIsThere() {
        var child = create(CustomKind.LANE, "child", Map.of("parent", "parent"));
        await().until(() -> condition(child, "Accepted").equals("False Refused"));

        create(CustomKind.LANE, "parent", Map.of());

        await().until(() -> condition(child, "Programmed").equals("True Published"));
    }

    @Test
    void takesTheLaneOutOfTheTableBeforeTheObjectIsGone() {
        var lane = create(CustomKind.LANE, "f-1", Map.of());
        await().until(() ->
                editor.hasLane("f-1") && condition(lane, "Programmed").equals("True Published"));

        lane.delete();

        await().until(() -> lane.get() == null);
        assertThat(editor.hasLane("f-1")).isFalse();
    }

    @Test
    void aLaneThatAShiftUsesSaysSoAndAShiftSaysItsShares() {
        var lane = create(CustomKind.LANE, "G0", Map.of());
        await().until(() -> condition(lane, "Programmed").equals("True Published"));
        assertThat(condition(lane, "InUse")).isEmpty();
        var shift = create(
                CustomKind.TENANT_SHIFT,
                "default",
                Map.of("environments", List.of(Map.of("lane", "G0", "share", "20%"))));

        await().until(() -> condition(lane, "InUse").equals("True Used"));
        assertThat(String.valueOf(lane.get().<Object>get("status", "conditions")))
                .contains("an environment of shift default");
        assertThat(shift.get().<String>get("status", "shares")).isEqualTo("G0 20%");

        await().untilAsserted(() -> assertThat(noted.all())
                .containsExactly(new Finding(
                        Finding.Kind.IN_USE, Finding.On.LANE, "shop/G0", "an environment of shift default")));

        shift.delete();
        await().until(() -> condition(lane, "InUse").equals("False Unused"));
        assertThat(noted.all()).isEmpty();
    }

    @Test
    void aNewNameTakesTheOldOneOut() {
        var lane = create(CustomKind.LANE, "mine", Map.of("name", "feature/X"));
        await().until(() ->
                editor.hasLane("feature/X") && condition(lane, "Programmed").equals("True Published"));

        Edits.edit(lane, one -> {
            one.setAdditionalProperty("spec", Map.of("name", "feature/Y"));
            return one;
        });

        await().until(() -> editor.hasLane("feature/Y"));
        assertThat(editor.hasLane("feature/X")).isFalse();
    }

    @Test
    void itsOwnStatusIsNoReasonToDoItAgain() {
        var lane = create(CustomKind.LANE, "f-1", Map.of());
        await().until(() -> condition(lane, "Programmed").equals("True Published"));
        int calls = editor.calls();
        Edits.edit(lane, one -> {
            one.getMetadata().setLabels(Map.of("a", "b"));
            return one;
        });
        var other = create(CustomKind.LANE, "f-2", Map.of());
        await().until(() -> condition(other, "Programmed").equals("True Published"));
        assertThat(editor.calls()).isEqualTo(calls + 1);
    }

    @Test
    void ofTwoLanesOfOneNameTheFirstKeepsItUntilItGoes() {
        var first = create("shop", CustomKind.LANE, "f-1", Map.of("description", "first"));
        await().until(() -> condition(first, "Programmed").equals("True Published"));
        var second = create("other", CustomKind.LANE, "F-1", Map.of("name", "F_1", "description", "second"));

        await().until(() -> condition(second, "Accepted").equals("False NameTaken"));
        assertThat(message(second))
                .isEqualTo("name 'F_1' is already that of Lane shop/f-1, which is older (expected: a name that no other"
                        + " has)");
        assertThat(noted.all())
                .containsExactly(new Finding(Finding.Kind.REFUSED, Finding.On.LANE, "other/F-1", message(second)));
        assertThat(editor.current().lanes()).extracting(Lane::description).containsExactly("first");

        first.delete();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> condition(second, "Programmed").equals("True Published"));
        assertThat(editor.current().lanes()).extracting(Lane::description).containsExactly("second");
        assertThat(noted.all()).isEmpty();
    }

    @Test
    void whatWasMadeWhileNobodyWatchedIsTakenByAgeAndNotInTheOrderOfItsList() throws IOException {
        try (RuledApiServer api = new RuledApiServer(0);
                KubernetesClient other = Clients.open(new Connection(null, null, api.url(), null, null));
                CustomResources watched = new CustomResources(other, Set.of(), editor, noted, NOON)) {
            other.resource(lane("zzz", "f-1", "2026-11-01T00:00:00Z")).create();
            other.resource(lane("aaa", "f-1", "2026-11-02T00:00:00Z")).create();
            watched.start();

            await().untilAsserted(() -> assertThat(noted.all())
                    .extracting(Finding::toString)
                    .containsExactly("Lane aaa/f-1: refused: name 'f-1' is already that of Lane zzz/f-1, which is older"
                            + " (expected: a name that no other has)"));
            await().until(() -> editor.hasLane("f-1"));
            assertThat(editor.owner("lane f-1")).isEqualTo("crd:zzz/f-1");
        }
    }

    @Test
    void ofTwoOfOneSecondTheOneThatHasTheNameKeepsIt() throws IOException {
        try (RuledApiServer api = new RuledApiServer(0);
                KubernetesClient other = Clients.open(new Connection(null, null, api.url(), null, null));
                CustomResources watched = new CustomResources(other, Set.of(), editor, noted, NOON)) {
            other.resource(lane("zzz", "f-1", "2026-11-01T00:00:00Z")).create();
            watched.start();
            await().until(() -> editor.hasLane("f-1"));

            other.resource(lane("aaa", "f-1", "2026-11-01T00:00:00Z")).create();

            await().untilAsserted(() -> assertThat(noted.all())
                    .extracting(Finding::toString)
                    .containsExactly("Lane aaa/f-1: refused: name 'f-1' is already that of Lane zzz/f-1, which is older"
                            + " (expected: a name that no other has)"));
            assertThat(editor.owner("lane f-1")).isEqualTo("crd:zzz/f-1");
        }
    }

    /** A watch shows what this process wrote into a status only later. */
    @Test
    void ofTwoOfOneSecondTheOneThatHasTheNameKeepsItBeforeItsStatusIsSeen() throws IOException {
        try (RuledApiServer api = new RuledApiServer(0);
                KubernetesClient other = Clients.open(new Connection(null, null, api.url(), null, null))) {
            List<GenericKubernetesResource> asSeen = List.of(
                    held(other, lane("zzz", "f-1", "2026-11-01T00:00:00Z")),
                    held(other, lane("aaa", "f-1", "2026-11-01T00:00:00Z")));
            Reconciler reconciler = new Reconciler(
                    other, editor, noted, (kind, name) -> asSeen.subList(0, editor.hasLane("f-1") ? 2 : 1), NOON);

            assertThat(reconciler.reconcile(CustomKind.LANE, asSeen.get(0))).isTrue();
            assertThat(reconciler.reconcile(CustomKind.LANE, asSeen.get(1))).isFalse();

            assertThat(editor.owner("lane f-1")).isEqualTo("crd:zzz/f-1");
            assertThat(noted.all())
                    .extracting(Finding::toString)
                    .containsExactly("Lane aaa/f-1: refused: name 'f-1' is already that of Lane zzz/f-1, which is older"
                            + " (expected: a name that no other has)");
        }
    }

    private static GenericKubernetesResource held(KubernetesClient client, GenericKubernetesResource lane) {
        lane.addFinalizer(Reconciler.FINALIZER);
        return client.resource(lane).create();
    }

    private Resource<GenericKubernetesResource> create(CustomKind kind, String name, Map<String, Object> spec) {
        return create("shop", kind, name, spec);
    }

    private Resource<GenericKubernetesResource> create(
            String namespace, CustomKind kind, String name, Map<String, Object> spec) {
        GenericKubernetesResource object = new GenericKubernetesResourceBuilder()
                .withApiVersion(CustomKind.GROUP + "/" + CustomKind.VERSION)
                .withKind(kind.kind())
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
        cluster.client().resource(object).create();
        return cluster.client()
                .genericKubernetesResources(kind.context())
                .inNamespace(namespace)
                .withName(name);
    }

    /** A condition's status and reason, such as {@code True Published}; empty if there is none. */
    private static String condition(Resource<GenericKubernetesResource> object, String type) {
        GenericKubernetesResource now = object.get();
        if (now != null && now.get("status", "conditions") instanceof List<?> conditions) {
            for (Object one : conditions) {
                if (one instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
                    return condition.get("status") + " " + condition.get("reason");
                }
            }
        }
        return "";
    }

    private static String message(Resource<GenericKubernetesResource> object) {
        return object.get().get("status", "conditions", 0, "message");
    }

    @Test
    void aWriteThatIsRefusedForGoodIsNotTriedAgain() throws IOException {
        try (RuledApiServer api = new RuledApiServer(0);
                KubernetesClient other = Clients.open(new Connection(null, null, api.url(), null, null));
                CustomResources watched = new CustomResources(other, Set.of("shop"), editor, noted, NOON)) {
            other.resource(lane("f-9")).create();
            api.refuse("lanes", 403);
            api.writes().clear();
            watched.start();

            await().until(() -> !api.writes().isEmpty());
            await().during(Duration.ofMillis(1_500)).until(() -> api.writes().size() == 1);
        }
    }

    private static GenericKubernetesResource lane(String name) {
        return lane("shop", name, "2026-11-01T00:00:00Z");
    }

    private static GenericKubernetesResource lane(String namespace, String name, String created) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(CustomKind.GROUP + "/" + CustomKind.VERSION)
                .withKind(CustomKind.LANE.kind())
                .withNewMetadata()
                .withNamespace(namespace)
                .withCreationTimestamp(created)
                .withName(name)
                .endMetadata()
                .build();
    }
}
