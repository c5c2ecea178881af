package io.laneway.k8s.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What objects that are applied together name of each other, and whether that is among them. */
final class References {

    private final Set<String> there = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private References() {}

    /** Each object without a namespace that needs one, and each name that leads nowhere. */
    static List<String> dangling(List<HasMetadata> objects) {
        References references = new References();
        for (HasMetadata one : objects) {
            String namespace = one.getMetadata().getNamespace();
            if (one instanceof Namespaced && namespace == null) {
                references.problems.add(one.getKind() + " " + one.getMetadata().getName() + ": no namespace");
            }
            if (!references.there.add(
                    id(one.getKind(), namespace, one.getMetadata().getName()))) {
                references.problems.add(one.getKind() + " " + one.getMetadata().getName() + ": there twice");
            }
        }
        objects.forEach(references::check);
        return references.problems;
    }

    private void check(HasMetadata one) {
        String namespace = one.getMetadata().getNamespace();
        if (one instanceof ClusterRoleBinding binding) {
            need(one, "ClusterRole", null, binding.getRoleRef().getName());
            subjects(one, binding.getSubjects());
        } else if (one instanceof RoleBinding binding) {
            String kind = binding.getRoleRef().getKind();
            need(
                    one,
                    kind,
                    kind.equals("ClusterRole") ? null : namespace,
                    binding.getRoleRef().getName());
            subjects(one, binding.getSubjects());
        } else if (one instanceof MutatingWebhookConfiguration configuration) {
            configuration
                    .getWebhooks()
                    .forEach(hook -> need(
                            one,
                            "Service",
                            hook.getClientConfig().getService().getNamespace(),
                            hook.getClientConfig().getService().getName()));
        } else if (one instanceof ValidatingAdmissionPolicyBinding binding) {
            need(one, "ValidatingAdmissionPolicy", null, binding.getSpec().getPolicyName());
        } else if (one instanceof Deployment deployment) {
            String account = deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
            if (account != null) {
                need(one, "ServiceAccount", namespace, account);
            }
        }
    }

    private void subjects(HasMetadata binding, List<Subject> subjects) {
        subjects.forEach(subject -> need(binding, subject.getKind(), subject.getNamespace(), subject.getName()));
    }

    private void need(HasMetadata by, String kind, String namespace, String name) {
        if (!there.contains(id(kind, namespace, name))) {
            problems.add(by.getKind() + " " + by.getMetadata().getName() + ": names " + id(kind, namespace, name)
                    + ", which is not there");
        }
    }

    private static String id(String kind, String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }
}
