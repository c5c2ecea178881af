package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteStatus;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.rule.Backends;
import io.laneway.k8s.route.rule.GrpcRoutes;
import io.laneway.k8s.route.rule.HostsAt;
import io.laneway.k8s.route.rule.HttpRoutes;
import io.laneway.k8s.route.rule.KnownFields;
import io.laneway.k8s.route.rule.TlsRoutes;
import io.laneway.k8s.route.rule.Verdict;
import java.util.List;

/** A route of any kind as the API server has it. Immutable as long as the object is not changed. */
sealed interface RouteObject {

    HasMetadata object();

    /** Of an object of the API server's. */
    static RouteObject of(HasMetadata object) {
        if (object instanceof HTTPRoute http) {
            return new Http(http);
        }
        if (object instanceof GRPCRoute grpc) {
            return new Grpc(grpc);
        }
        if (object instanceof TLSRoute tls) {
            return new Tls(tls);
        }
        throw new IllegalArgumentException(object.getKind() + " (expected: HTTPRoute, GRPCRoute or TLSRoute)");
    }

    /** How findings name its kind. */
    Finding.On on();

    Object spec();

    KnownFields known();

    List<ParentReference> parents();

    List<RouteParentStatus> status();

    /** A copy with another status: the informer's own object must stay as the API server gave it. */
    HasMetadata with(List<RouteParentStatus> status);

    /** The hosts that it names, none for every host. */
    List<String> hosts();

    /** Reads the rules into a verdict, for these hosts. */
    void read(List<HostsAt> hosts, Backends backends, Verdict verdict);

    default String kind() {
        return object().getKind();
    }

    default String namespace() {
        return Meta.namespace(object());
    }

    /** An HTTPRoute. */
    record Http(HTTPRoute object) implements RouteObject {

        @Override
        public Finding.On on() {
            return Finding.On.HTTP_ROUTE;
        }

        @Override
        public Object spec() {
            return object.getSpec();
        }

        @Override
        public KnownFields known() {
            return KnownFields.HTTP;
        }

        @Override
        public List<String> hosts() {
            return object.getSpec().getHostnames();
        }

        @Override
        public List<ParentReference> parents() {
            return object.getSpec().getParentRefs();
        }

        @Override
        public List<RouteParentStatus> status() {
            return object.getStatus() == null ? List.of() : object.getStatus().getParents();
        }

        @Override
        public HasMetadata with(List<RouteParentStatus> status) {
            return new HTTPRouteBuilder(object)
                    .withStatus(new HTTPRouteStatus(status))
                    .build();
        }

        @Override
        public void read(List<HostsAt> hosts, Backends backends, Verdict verdict) {
            new HttpRoutes(backends, verdict).read(hosts, object.getSpec());
        }
    }

    /** A TLSRoute. */
    record Tls(TLSRoute object) implements RouteObject {

        @Override
        public Finding.On on() {
            return Finding.On.TLS_ROUTE;
        }

        @Override
        public Object spec() {
            return object.getSpec();
        }

        @Override
        public KnownFields known() {
            return KnownFields.TLS;
        }

        @Override
        public List<String> hosts() {
            return object.getSpec().getHostnames();
        }

        @Override
        public List<ParentReference> parents() {
            return object.getSpec().getParentRefs();
        }

        @Override
        public List<RouteParentStatus> status() {
            return object.getStatus() == null ? List.of() : object.getStatus().getParents();
        }

        @Override
        public HasMetadata with(List<RouteParentStatus> status) {
            return new TLSRouteBuilder(object)
                    .withStatus(new TLSRouteStatus(status))
                    .build();
        }

        @Override
        public void read(List<HostsAt> hosts, Backends backends, Verdict verdict) {
            new TlsRoutes(backends, verdict).read(hosts, object.getSpec());
        }
    }

    /** A GRPCRoute. */
    record Grpc(GRPCRoute object) implements RouteObject {

        @Override
        public Finding.On on() {
            return Finding.On.GRPC_ROUTE;
        }

        @Override
        public Object spec() {
            return object.getSpec();
        }

        @Override
        public KnownFields known() {
            return KnownFields.GRPC;
        }

        @Override
        public List<String> hosts() {
            return object.getSpec().getHostnames();
        }

        @Override
        public List<ParentReference> parents() {
            return object.getSpec().getParentRefs();
        }

        @Override
        public List<RouteParentStatus> status() {
            return object.getStatus() == null ? List.of() : object.getStatus().getParents();
        }

        @Override
        public HasMetadata with(List<RouteParentStatus> status) {
            return new GRPCRouteBuilder(object)
                    .withStatus(new GRPCRouteStatus(status))
                    .build();
        }

        @Override
        public void read(List<HostsAt> hosts, Backends backends, Verdict verdict) {
            new GrpcRoutes(backends, verdict).read(hosts, object.getSpec());
        }
    }
}
