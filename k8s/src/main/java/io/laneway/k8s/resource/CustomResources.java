package io.laneway.k8s.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.object.Meta;
import io.laneway.router.background.Backoff;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableEditor;
import io.laneway.router.text.Slug;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the custom resources of some namespaces and reconciles each that changed, one at a time on a thread of its
 * own. What could not be done is tried again, first after a second, then less often up to once a minute: the lane that
 * a shift names may come later. Safe for many threads.
 */
public final class CustomResources implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CustomResources.class);
    private static final String SLUG = "slug";
    private static final Duration USE_EVERY = Duration.ofSeconds(1);
    private static final Backoff RETRIES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-resources"));
    private final Refusals refusals = new Refusals();
    private final TableEditor editor;
    private final Reconciler reconciler;
    private final List<Watched> all = new ArrayList<>();

    /**
     * @param namespaces the namespaces to watch, all if empty
     * @param noted      learns of objects that are refused, and of lanes in use
     */
    public CustomResources(
            KubernetesClient client, Set<String> namespaces, TableEditor editor, NotedFindings noted, Clock clock) {
        this.editor = editor;
        this.reconciler = new Reconciler(client, editor, noted, this::namesakes, clock);
        for (CustomKind kind : CustomKind.values()) {
            var objects = client.genericKubernetesResources(kind.context());
            if (namespaces.isEmpty()) {
                all.add(new Watched(kind, objects.inAnyNamespace().runnableInformer(0)));
            }
            namespaces.forEach(
                    one -> all.add(new Watched(kind, objects.inNamespace(one).runnableInformer(0))));
        }
    }

    /** Starts to watch; the API server is waited for. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void start() {
        all.forEach(Watched::start);
        thread.scheduleWithFixedDelay(
                this::noteUses, USE_EVERY.toMillis(), USE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<GenericKubernetesResource> namesakes(CustomKind kind, String name) {
        return all.stream()
                .filter(watched -> watched.kind == kind)
                .flatMap(watched -> watched.informer.getIndexer().byIndex(SLUG, Slug.of(name)).stream())
                .toList();
    }

    private void noteUses() {
        try {
            noteUses(editor.current());
        } catch (RuntimeException e) {
            // A task that throws would never be run again.
            log.atWarn().setCause(e).log("uses not noted, will try again");
        }
    }

    private void noteUses(LaneTable table) {
        all.stream()
                .filter(watched -> watched.kind == CustomKind.LANE)
                .flatMap(watched -> watched.informer.getStore().list().stream())
                .filter(lane -> !lane.isMarkedForDeletion())
                .forEach(lane -> noteUse(lane, table));
    }

    private void noteUse(GenericKubernetesResource lane, LaneTable table) {
        String object = "use of Lane " + Meta.key(lane);
        String version = String.valueOf(lane.getMetadata().getResourceVersion());
        if (!refusals.refused(object, version)) {
            try {
                reconciler.noteUse(lane, table);
            } catch (KubernetesClientException e) {
                refusals.failed(object, version, e);
            } catch (RuntimeException e) {
                log.atWarn().addKeyValue("lane", Meta.key(lane)).setCause(e).log("use not noted, will try again");
            }
        }
    }

    @Override
    public void close() {
        all.forEach(watched -> watched.informer.stop());
        thread.shutdownNow();
    }

    /** The objects of one kind in one place. Its maps are confined to the thread. */
    private final class Watched implements ResourceEventHandler<GenericKubernetesResource> {

        private final CustomKind kind;
        private final SharedIndexInformer<GenericKubernetesResource> informer;
        private final Map<String, Object> done = new HashMap<>();
        private final Map<String, Integer> turns = new HashMap<>();

        Watched(CustomKind kind, SharedIndexInformer<GenericKubernetesResource> informer) {
            this.kind = kind;
            this.informer = informer;
            informer.addIndexers(Map.of(SLUG, object -> List.of(Slug.of(Reconciler.name(object)))));
            informer.addEventHandler(this).exceptionHandler((started, problem) -> true);
        }

        @SuppressWarnings("FutureReturnValueIgnored")
        void start() {
            informer.start();
        }

        @Override
        public void onAdd(GenericKubernetesResource added) {
            later(Duration.ZERO, () -> begin(Meta.key(added)));
        }

        @Override
        public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource now) {
            later(Duration.ZERO, () -> begin(Meta.key(now)));
        }

        @Override
        public void onDelete(GenericKubernetesResource gone, boolean unknown) {
            later(Duration.ZERO, () -> {
                done.remove(Meta.key(gone));
                turns.remove(Meta.key(gone));
                reconciler.forget(kind, Meta.key(gone));
                // One that waited for the name need not wait for its next retry.
                all.stream().filter(watched -> watched.kind == kind).forEach(watched -> watched.again(gone));
            });
        }

        @SuppressWarnings("FutureReturnValueIgnored")
        private void later(Duration delay, Runnable task) {
            try {
                thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.atDebug().log("change after close");
            }
        }

        private void again(GenericKubernetesResource gone) {
            informer.getIndexer().byIndex(SLUG, Slug.of(Reconciler.name(gone))).forEach(one -> begin(Meta.key(one)));
        }

        /** A new event ends the retries that earlier ones began. */
        private void begin(String key) {
            GenericKubernetesResource object = informer.getStore().getByKey(key);
            if (object != null && !wanted(object).equals(done.get(key))) {
                reconcile(key, turns.merge(key, 1, Integer::sum), 0);
            }
        }

        private void reconcile(String key, int turn, int failures) {
            GenericKubernetesResource object = informer.getStore().getByKey(key);
            if (object == null || !Integer.valueOf(turn).equals(turns.get(key))) {
                return;
            }
            if (attempt(key, object)) {
                done.put(key, wanted(object));
            } else {
                later(RETRIES.after(failures), () -> reconcile(key, turn, failures + 1));
            }
        }

        private boolean attempt(String key, GenericKubernetesResource object) {
            try {
                return reconciler.reconcile(kind, object);
            } catch (KubernetesClientException e) {
                return !refusals.failed(kind.kind() + " " + key, wanted(object), e);
            }
        }

        /** All that a reconciliation depends on: our own writes of status do not ask for another one. */
        private List<@Nullable Object> wanted(GenericKubernetesResource object) {
            List<@Nullable Object> parts = new ArrayList<>();
            parts.add(object.getAdditionalProperties().get("spec"));
            parts.add(object.getMetadata().getUid());
            parts.add(object.isMarkedForDeletion());
            parts.add(object.hasFinalizer(Reconciler.FINALIZER));
            return parts;
        }
    }
}
