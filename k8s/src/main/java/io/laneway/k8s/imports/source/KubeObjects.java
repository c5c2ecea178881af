package io.laneway.k8s.imports.source;

import io.laneway.router.document.tree.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The objects of Kubernetes in some files, those in lists too. Confined to one thread. */
public final class KubeObjects {

    /** An object. */
    public record KubeObject(Tracked node, String namespace, String name) {

        public Tracked spec() {
            Tracked spec = node.at("spec");
            return spec == null ? node : spec;
        }
    }

    private final List<Tracked> roots = new ArrayList<>();
    private final List<Tracked> objects = new ArrayList<>();

    private KubeObjects() {}

    public static KubeObjects of(List<SourceFile> files, Problems problems) {
        KubeObjects objects = new KubeObjects();
        for (SourceFile file : files) {
            for (Tracked document : file.documents(problems)) {
                objects.roots.add(document);
                objects.add(document);
            }
        }
        return objects;
    }

    private void add(Tracked object) {
        String kind = String.valueOf(object.peek("kind"));
        if (kind.endsWith("List") && object.has("items")) {
            object.ignore("apiVersion", "kind");
            Tracked metadata = object.at("metadata");
            if (metadata != null) {
                metadata.ignore("resourceVersion", "selfLink", "continue");
            }
            object.items("items").forEach(this::add);
        } else {
            objects.add(object);
        }
    }

    /** The objects of a kind, whose names and marks of the API server are taken; annotations are not. */
    public List<KubeObject> of(String kind) {
        List<KubeObject> found = new ArrayList<>();
        for (Tracked object : objects) {
            if (!kind.equals(object.peek("kind"))) {
                continue;
            }
            object.ignore("apiVersion", "kind");
            String name = String.valueOf(object.text("metadata", "name"));
            String namespace = object.text("metadata", "namespace");
            marks(object);
            found.add(new KubeObject(object, namespace == null ? "default" : namespace, name));
        }
        return found;
    }

    private static void marks(Tracked object) {
        Tracked metadata = object.at("metadata");
        if (metadata != null) {
            metadata.ignore("uid", "resourceVersion", "generation", "creationTimestamp", "selfLink");
            for (String own : List.of("labels", "managedFields", "ownerReferences", "finalizers")) {
                whole(metadata.at(own));
            }
            for (Map.Entry<String, Tracked> one :
                    metadata.members("annotations").entrySet()) {
                String name = one.getKey();
                if (name.startsWith("kubectl.kubernetes.io/") || name.startsWith("meta.helm.sh/")) {
                    one.getValue().take();
                }
            }
            metadata.at("annotations");
        }
        whole(object.at("status"));
    }

    private static void whole(@org.jspecify.annotations.Nullable Tracked part) {
        if (part != null) {
            part.take();
        }
    }

    /** Whether there is no object. */
    public boolean isEmpty() {
        return objects.isEmpty();
    }

    /** Where the first file begins. */
    public io.laneway.router.document.tree.Location location() {
        return roots.get(0).location();
    }

    /** Names everything that was not taken. */
    public void reportRest(Report report) {
        roots.forEach(root -> root.reportRest(report));
    }
}
