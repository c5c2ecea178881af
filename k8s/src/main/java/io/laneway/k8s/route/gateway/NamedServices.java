package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayInfrastructure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.router.text.Sha256;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a Service beside each of our Gateways that has {@code spec.infrastructure}, with its labels and annotations: a name in
 * the Gateway's own namespace for the Service that has its addresses. docs/decisions/0611. Blocks; confined to one thread.
 */
final class NamedServices {

    private static final Logger log = LoggerFactory.getLogger(NamedServices.class);

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,61}[a-z0-9]");
    private static final String TYPE = "ExternalName";

    /** The domain of a cluster where no other was chosen. */
    private static final String DOMAIN = ".svc.cluster.local";

    /** How long it is believed what we may do. */
    private static final Duration RIGHTS = Duration.ofSeconds(30);

    private static final int HASHED = 6;

    private final KubernetesClient client;
    private final Refusals refusals = new Refusals();
    private boolean present = true;
    private boolean permitted;
    private long asked;
    private boolean known;

    NamedServices(KubernetesClient client) {
        this.client = client;
    }

    /** Whether there is such a Service for every Gateway that asks: we may write Services in all namespaces. */
    boolean isPermitted() {
        long now = System.nanoTime();
        if (!known || now - asked > RIGHTS.toNanos()) {
            permitted = ask();
            asked = now;
            known = true;
        }
        return permitted;
    }

    private boolean ask() {
        try {
            SelfSubjectAccessReview answer = client.authorization()
                    .v1()
                    .selfSubjectAccessReview()
                    .create(new SelfSubjectAccessReviewBuilder()
                            .withNewSpec()
                            .withNewResourceAttributes()
                            .withVerb("create")
                            .withResource("services")
                            .endResourceAttributes()
                            .endSpec()
                            .build());
            return answer != null
                    && answer.getStatus() != null
                    && Boolean.TRUE.equals(answer.getStatus().getAllowed());
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** Makes, mends and removes Services; false if that is to be tried again. */
    boolean keep(Collection<Gateway> ours, Edge edge) {
        Map<String, Service> wanted = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (Gateway one : ours) {
            keys.add(Meta.key(one));
            Service target = edge.service(Meta.key(one));
            GatewayInfrastructure wish = one.getSpec().getInfrastructure();
            if (target != null
                    && wish != null
                    && !(wish.getLabels().isEmpty() && wish.getAnnotations().isEmpty())) {
                Service made = made(one, wish, target);
                wanted.put(Meta.key(made), made);
            }
        }
        if (wanted.isEmpty() && !present) {
            return true;
        }
        present = !wanted.isEmpty();
        boolean settled = true;
        for (Service one : client.services()
                .inAnyNamespace()
                .withLabel(Marks.NAMES_GATEWAY)
                .list()
                .getItems()) {
            Service wish = wanted.remove(Meta.key(one));
            if (wish == null) {
                // Of another control API's Gateway, or of one that is gone, with which it goes.
                if (!keys.contains(owner(one))) {
                    continue;
                }
                settled &= write(one, () -> client.resource(one).delete());
                present = true;
            } else if (!says(one, wish)) {
                settled &= write(wish, () -> client.resource(changed(one, wish)).update());
            }
        }
        for (Service one : wanted.values()) {
            settled &= write(one, () -> create(one));
        }
        return settled;
    }

    private static String owner(Service service) {
        return service.getMetadata().getOwnerReferences().stream()
                .filter(one -> Parents.GATEWAY.equals(one.getKind()))
                .map(one -> Meta.key(Meta.namespace(service), one.getName()))
                .findFirst()
                .orElse("");
    }

    private boolean write(Service service, Runnable call) {
        String object = "Service " + Meta.key(service);
        if (refusals.refused(object, service)) {
            return true;
        }
        try {
            call.run();
            return true;
        } catch (KubernetesClientException e) {
            boolean again = refusals.failed(object, service, e);
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                // The right may be given later: to be tried when all is looked at again.
                refusals.written(object);
            }
            return !again;
        }
    }

    private void create(Service service) {
        try {
            client.resource(service).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // One of another: to be looked at again with all others.
            log.atDebug().addKeyValue("service", Meta.key(service)).log("another has the name of a Gateway's Service");
        }
    }

    private static Service made(Gateway gateway, GatewayInfrastructure wish, Service target) {
        Map<String, String> labels = OwnServices.wished(wish.getLabels());
        labels.put(Marks.NAMES_GATEWAY, "true");
        OwnServices.name(gateway, labels);
        Map<String, String> annotations = OwnServices.wished(wish.getAnnotations());
        annotations.put(Marks.IGNORE, "true");
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(Meta.namespace(gateway))
                .withName(name(gateway))
                .withLabels(labels)
                .withAnnotations(annotations)
                .addNewOwnerReference()
                .withApiVersion(gateway.getApiVersion())
                .withKind(gateway.getKind())
                .withName(gateway.getMetadata().getName())
                .withUid(gateway.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withType(TYPE)
                .withExternalName(target.getMetadata().getName() + "." + Meta.namespace(target) + DOMAIN)
                .endSpec()
                .build();
    }

    /** As the Gateway API has it (GEP-1762): the Gateway's name and that of its class. */
    private static String name(Gateway gateway) {
        String name = gateway.getMetadata().getName() + "-" + gateway.getSpec().getGatewayClassName();
        return FORM.matcher(name).matches()
                ? name
                : "gateway-" + HexFormat.of().formatHex(Sha256.of(Meta.key(gateway)), 0, HASHED);
    }

    private static boolean says(Service old, Service wanted) {
        return Objects.equals(old.getSpec().getExternalName(), wanted.getSpec().getExternalName())
                && OwnServices.saysAll(old, wanted);
    }

    private static Service changed(Service old, Service wanted) {
        return new ServiceBuilder(old)
                .editMetadata()
                .addToLabels(Meta.labels(wanted))
                .addToAnnotations(Meta.annotations(wanted))
                .endMetadata()
                .withSpec(wanted.getSpec())
                .build();
    }
}
