package io.laneway.router.codec.policy;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Types;
import io.laneway.router.policy.GrpcClients;
import java.util.List;

/** The form of what is converted to gRPC for a service. */
final class GrpcForm {

    private static final Key<GrpcClients, Boolean> WEB = Key.optional("web", Types.BOOLEAN, GrpcClients::web)
            .or(false)
            .doc("Whether calls in gRPC-Web, binary or as text, become calls of gRPC");

    static final Form<GrpcClients> GRPC =
            Form.of("GrpcClients", "", read -> new GrpcClients(read.of(WEB)), List.of(WEB));

    private GrpcForm() {}
}
