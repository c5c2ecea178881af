package io.laneway.transcode;

import com.google.api.AnnotationsProto;
import com.google.api.HttpBodyProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A service of grpc-java whose methods have bindings of HTTP; what a call does is set by each test. */
final class Library implements AutoCloseable {

    private static final String FILE = """
            name: "library.proto"
            package: "lib"
            syntax: "proto3"
            dependency: "google/api/annotations.proto"
            dependency: "google/api/httpbody.proto"
            dependency: "google/protobuf/timestamp.proto"
            enum_type { name: "Kind" value { name: "PLAIN" number: 0 } value { name: "RARE" number: 1 } }
            message_type { name: "Book"
              field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
              field { name: "page_count" number: 2 type: TYPE_INT64 label: LABEL_OPTIONAL }
              field { name: "kind" number: 3 type: TYPE_ENUM type_name: ".lib.Kind" label: LABEL_OPTIONAL }
              field { name: "tags" number: 4 type: TYPE_STRING label: LABEL_REPEATED }
              field { name: "printed" number: 5 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp"
                      label: LABEL_OPTIONAL }
              field { name: "part" number: 6 type: TYPE_MESSAGE type_name: ".lib.Book" label: LABEL_OPTIONAL }
              field { name: "cover" number: 7 type: TYPE_BYTES label: LABEL_OPTIONAL }
            }
            message_type { name: "Request"
              field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
              field { name: "book" number: 2 type: TYPE_MESSAGE type_name: ".lib.Book" label: LABEL_OPTIONAL }
              field { name: "size" number: 3 type: TYPE_INT32 label: LABEL_OPTIONAL }
              field { name: "file" number: 4 type: TYPE_MESSAGE type_name: ".google.api.HttpBody" label: LABEL_OPTIONAL }
            }
            service { name: "Library"
              method { name: "Get" input_type: ".lib.Request" output_type: ".lib.Request"
                options { [google.api.http] { get: "/v1/{name=shelves/*/books/*}"
                  additional_bindings { get: "/v1/size/{size}" }
                  additional_bindings { custom { kind: "SEARCH" path: "/v1/all" } } } } }
              method { name: "Any" input_type: ".lib.Request" output_type: ".lib.Request"
                options { [google.api.http] { get: "/v1/files/{name=**}" } } }
              method { name: "Put" input_type: ".lib.Request" output_type: ".lib.Request"
                options { [google.api.http] { put: "/v1/{book.name=shelves/*}" body: "book" response_body: "book" } } }
              method { name: "Tags" input_type: ".lib.Book" output_type: ".lib.Book"
                options { [google.api.http] { post: "/v1/tags" body: "tags" response_body: "tags" } } }
              method { name: "Move" input_type: ".lib.Request" output_type: ".lib.Request"
                options { [google.api.http] { post: "/v1/{name=shelves/*}:move" body: "*" } } }
              method { name: "List" input_type: ".lib.Request" output_type: ".lib.Book" server_streaming: true
                options { [google.api.http] { get: "/v1/list" } } }
              method { name: "Upload" input_type: ".lib.Request" output_type: ".google.api.HttpBody"
                options { [google.api.http] { post: "/v1/upload/{name}" body: "file" } } }
              method { name: "Chat" input_type: ".lib.Book" output_type: ".lib.Book" client_streaming: true
                options { [google.api.http] { post: "/v1/chat" body: "*" } } }
            }
            """;

    /** What protoc would write, without the files that every runtime has. */
    static final FileDescriptorSet SET = set();

    private static final FileDescriptor LINKED =
            Descriptors.read(SET.toByteArray()).files().get(0);

    final Map<String, BiConsumer<DynamicMessage, StreamObserver<DynamicMessage>>> calls = new HashMap<>();
    private final Server server;

    Library() throws IOException {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder("lib.Library");
        for (MethodDescriptor method : LINKED.getServices().get(0).getMethods()) {
            if (!method.isClientStreaming()) {
                add(method, service);
            }
        }
        server = NettyServerBuilder.forPort(0)
                .maxInboundMessageSize(16 * 1024 * 1024)
                .addService(service.build())
                .build()
                .start();
    }

    private static FileDescriptorSet set() {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        AnnotationsProto.registerAllExtensions(extensions);
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
        try {
            TextFormat.getParser().merge(FILE, extensions, file);
        } catch (TextFormat.ParseException e) {
            throw new AssertionError(e);
        }
        return FileDescriptorSet.newBuilder()
                .addFile(file)
                .addFile(HttpBodyProto.getDescriptor().toProto())
                .addFile(TimestampProto.getDescriptor().toProto())
                .build();
    }

    private void add(MethodDescriptor method, ServerServiceDefinition.Builder service) {
        var descriptor = io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setFullMethodName("lib.Library/" + method.getName())
                .setType(method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
        service.addMethod(
                descriptor,
                method.isServerStreaming()
                        ? ServerCalls.asyncServerStreamingCall((in, out) -> call(method, in, out))
                        : ServerCalls.asyncUnaryCall((in, out) -> call(method, in, out)));
    }

    /** What a test says; else the response is the request. */
    private void call(MethodDescriptor method, DynamicMessage in, StreamObserver<DynamicMessage> out) {
        var call = calls.get(method.getName());
        if (call == null) {
            out.onNext(in);
            out.onCompleted();
        } else {
            call.accept(in, out);
        }
    }

    static Descriptor type(String name) {
        return LINKED.findMessageTypeByName(name);
    }

    static DynamicMessage book(String name) {
        Descriptor book = type("Book");
        return DynamicMessage.newBuilder(book)
                .setField(book.findFieldByName("name"), name)
                .build();
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
