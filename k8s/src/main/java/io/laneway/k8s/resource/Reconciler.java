package io.laneway.k8s.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.object.Meta;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableEditor;
import io.laneway.router.source.TableRefused;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings one custom resource into the table, or out of it, and writes down what became of it. A finaliser keeps a
 * deleted one until it is out of the table, so that nothing is left behind by a deletion that was not seen. Confined to
 * one thread, which it blocks.
 */
final class Reconciler {

    static final String FINALIZER = CustomKind.FINALIZER;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final TableEditor editor;
    private final NotedFindings noted;
    private final BiFunction<CustomKind, String, List<GenericKubernetesResource>> namesakes;
    private final Status status;

    /** The object that is in the table under each name, as this process wrote it: a watch shows the status of it later. */
    private final Map<String, String> holders = new HashMap<>();

    /** @param namesakes the objects of a kind whose name has the slug of a name */
    Reconciler(
            KubernetesClient client,
            TableEditor editor,
            NotedFindings noted,
            BiFunction<CustomKind, String, List<GenericKubernetesResource>> namesakes,
            Clock clock) {
        this.client = client;
        this.noted = noted;
        this.namesakes = namesakes;
        this.editor = editor;
        this.status = new Status(clock);
    }

    /** Reconciles an object as last seen; true if it is done, false if it should be tried again. */
    boolean reconcile(CustomKind kind, GenericKubernetesResource object) {
        if (object.isMarkedForDeletion()) {
            return !object.hasFinalizer(FINALIZER) || remove(kind, object);
        }
        if (!object.hasFinalizer(FINALIZER)) {
            // The edit comes back as an event; putting the object waits until it surely cannot vanish unseen.
            finalizer(kind, object, true);
            return true;
        }
        Outcome outcome = put(kind, object);
        write(kind, object, outcome);
        return outcome.programmed();
    }

    private Outcome put(CustomKind kind, GenericKubernetesResource object) {
        String applied = Status.appliedName(object);
        Problems problems = Problems.strict();
        String name = name(object);
        Node spec = spec(object, problems);
        TableChange put =
                spec == null || !named(name, problems) ? null : kind.put(spec, name, editor.current(), problems);
        if (put == null || !problems.isEmpty()) {
            return Outcome.invalid(problems.list(), applied);
        }
        String older = applied.equals(name) ? null : older(kind, object, name);
        if (older != null) {
            return Outcome.taken(name, kind.kind() + " " + older, applied);
        }
        List<TableChange> changes = new ArrayList<>();
        if (!applied.isEmpty() && !applied.equals(name)) {
            changes.add(kind.remove(applied));
        }
        changes.add(put);
        return apply(kind, object, changes, applied, name);
    }

    /** The oldest other object of the same name, unless it was refused itself: whatever comes first here, it keeps the name. */
    private @Nullable String older(CustomKind kind, GenericKubernetesResource object, String name) {
        // By creation; of one second, whose finest this is, the object that is in the table already.
        Comparator<GenericKubernetesResource> age = Comparator.<GenericKubernetesResource, String>comparing(
                        Meta::created)
                .thenComparing(one -> !holds(kind, name, one))
                .thenComparing(one -> Meta.key(one));
        return namesakes.apply(kind, name).stream()
                .filter(one -> !one.isMarkedForDeletion() && !Status.refused(one))
                .filter(one -> age.compare(one, object) < 0)
                .min(age)
                .map(Meta::key)
                .orElse(null);
    }

    private boolean holds(CustomKind kind, String name, GenericKubernetesResource object) {
        return !Status.appliedName(object).isEmpty() || Meta.key(object).equals(holders.get(place(kind, name)));
    }

    private static String place(CustomKind kind, String name) {
        return kind.kind() + " " + Slug.of(name);
    }

    private static boolean named(String name, Problems problems) {
        if (Slug.of(name).isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            problems.add(Problem.at("name", "'" + name + "'", "a name with at least one letter or digit"));
            return false;
        }
        return true;
    }

    private Outcome apply(
            CustomKind kind, GenericKubernetesResource object, List<TableChange> changes, String before, String after) {
        String key = Meta.key(object);
        try {
            long revision = editor.apply("crd:" + key, kind.kind() + " " + key, changes)
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!before.isEmpty()) {
                holders.remove(place(kind, before), key);
            }
            if (!after.isEmpty()) {
                holders.put(place(kind, after), key);
            }
            return Outcome.published(after, revision);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof TableRefused refusal
                    ? Outcome.refused(refusal, before)
                    : Outcome.failed(cause, before);
        } catch (TableRefused e) {
            return Outcome.refused(e, before);
        } catch (TimeoutException e) {
            return Outcome.failed(new TimeoutException("no answer within " + PATIENCE.toSeconds() + " s"), before);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(e, before);
        }
    }

    private boolean remove(CustomKind kind, GenericKubernetesResource object) {
        String applied = Status.appliedName(object);
        if (!applied.isEmpty()) {
            Outcome outcome = apply(kind, object, List.of(kind.remove(applied)), applied, "");
            if (!outcome.programmed()) {
                write(kind, object, outcome);
                return false;
            }
        }
        finalizer(kind, object, false);
        return true;
    }

    /** {@code spec.name}, for names that no object can have, else the object's own name. */
    static String name(GenericKubernetesResource object) {
        return CustomKind.nameOf(object);
    }

    private @Nullable Node spec(GenericKubernetesResource object, Problems problems) {
        Object spec = object.getAdditionalProperties().getOrDefault("spec", Map.of());
        String json = client.getKubernetesSerialization().asJson(spec);
        return Documents.parseJson(json.getBytes(StandardCharsets.UTF_8), problems);
    }

    private void finalizer(CustomKind kind, GenericKubernetesResource object, boolean add) {
        at(kind, object).edit(now -> {
            boolean changed = add ? now.addFinalizer(FINALIZER) : now.removeFinalizer(FINALIZER);
            return changed ? now : object;
        });
    }

    /** Notes on a lane what in the table needs it, by whichever door that came. */
    void noteUse(GenericKubernetesResource lane, LaneTable table) {
        String name = Status.appliedName(lane);
        String use = name.isEmpty() ? "" : LaneUse.of(table, name);
        note("use of " + CustomKind.LANE.kind(), CustomKind.LANE, Meta.key(lane), Finding.Kind.IN_USE, use);
        Map<String, Object> now = name.isEmpty() ? null : status.withUse(lane, use);
        if (now != null) {
            at(CustomKind.LANE, lane).editStatus(one -> {
                one.setAdditionalProperty("status", now);
                return one;
            });
        }
    }

    /** Forgets what was found of an object that is gone. */
    void forget(CustomKind kind, String key) {
        note(kind.kind(), kind, key, Finding.Kind.REFUSED, "");
        note("use of " + kind.kind(), kind, key, Finding.Kind.IN_USE, "");
    }

    private void note(String source, CustomKind kind, String key, Finding.Kind what, String text) {
        noted.set(source + " " + key, text.isEmpty() ? List.of() : List.of(new Finding(what, kind.on(), key, text)));
    }

    private void write(CustomKind kind, GenericKubernetesResource object, Outcome outcome) {
        boolean deleted = object.isMarkedForDeletion();
        note(
                kind.kind(),
                kind,
                Meta.key(object),
                deleted ? Finding.Kind.DELETION_WAITS : Finding.Kind.REFUSED,
                outcome.accepted() ? "" : (deleted ? "stays until nothing needs it: " : "") + outcome.message());
        Map<String, Object> now = status.of(object, outcome);
        if (!Status.says(object, now)) {
            at(kind, object).editStatus(one -> {
                one.setAdditionalProperty("status", now);
                return one;
            });
        }
    }

    private Resource<GenericKubernetesResource> at(CustomKind kind, GenericKubernetesResource object) {
        return client.genericKubernetesResources(kind.context())
                .inNamespace(Meta.namespace(object))
                .withName(object.getMetadata().getName());
    }
}
