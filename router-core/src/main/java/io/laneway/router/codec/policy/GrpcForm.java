package io.laneway.router.codec.policy;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Types;
import io.laneway.router.policy.GrpcClients;
import io.laneway.router.policy.GrpcJson;
import java.util.List;

/** The forms of what is converted to gRPC for a service. */
final class GrpcForm {

    private static final Key<GrpcJson, String> DESCRIPTORS = Key.required(
                    "descriptors", Types.TEXT.labelled("Base64"), GrpcJson::descriptors)
            .doc("What `protoc --include_imports --descriptor_set_out` writes; at most 1 MiB of text");

    static final Form<GrpcJson> JSON =
            Form.of("GrpcJson", "", read -> new GrpcJson(read.of(DESCRIPTORS)), List.of(DESCRIPTORS));

    private static final Key<GrpcClients, Boolean> WEB = Key.optional("web", Types.BOOLEAN, GrpcClients::web)
            .or(false)
            .doc("Whether calls in gRPC-Web, binary or as text, become calls of gRPC");
    private static final Key<GrpcClients, GrpcJson> OF_JSON = Key.optional(
                    "json", JSON.type().orOff(null), GrpcClients::json)
            .absent("`off`")
            .doc("Requests with JSON become calls of gRPC, as `google.api.http` says");

    static final Form<GrpcClients> GRPC = Form.of(
            "GrpcClients", "", read -> new GrpcClients(read.of(WEB), read.orNull(OF_JSON)), List.of(WEB, OF_JSON));

    private GrpcForm() {}
}
