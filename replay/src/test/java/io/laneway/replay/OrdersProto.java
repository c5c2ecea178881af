package io.laneway.replay;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;

/** A service of gRPC and its messages, with their descriptor set and without generated code. */
public final class OrdersProto {

    private static final String FILE = """
            name: "orders.proto" package: "shop" syntax: "proto3"
            dependency: "google/protobuf/timestamp.proto"
            dependency: "google/protobuf/duration.proto"
            dependency: "google/protobuf/wrappers.proto"
            enum_type { name: "State" value { name: "OPEN" number: 0 } value { name: "PAID" number: 1 } }
            message_type { name: "Item"
              field { name: "sku" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
              field { name: "count" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL }
            }
            message_type { name: "Order"
              field { name: "id" number: 1 type: TYPE_INT64 label: LABEL_OPTIONAL }
              field { name: "price" number: 2 type: TYPE_DOUBLE label: LABEL_OPTIONAL }
              field { name: "state" number: 3 type: TYPE_ENUM type_name: ".shop.State" label: LABEL_OPTIONAL }
              field { name: "items" number: 4 type: TYPE_MESSAGE type_name: ".shop.Item" label: LABEL_REPEATED }
              field { name: "made" number: 5 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp"
                      label: LABEL_OPTIONAL }
              field { name: "took" number: 6 type: TYPE_MESSAGE type_name: ".google.protobuf.Duration"
                      label: LABEL_OPTIONAL }
              field { name: "line_2" number: 7 type: TYPE_STRING label: LABEL_OPTIONAL }
              field { name: "note" number: 8 type: TYPE_MESSAGE type_name: ".google.protobuf.StringValue"
                      label: LABEL_OPTIONAL }
              field { name: "seal" number: 9 type: TYPE_BYTES label: LABEL_OPTIONAL }
              field { name: "stock" number: 10 type: TYPE_MESSAGE type_name: ".shop.Order.StockEntry"
                      label: LABEL_REPEATED }
              field { name: "quota" number: 11 type: TYPE_UINT64 label: LABEL_OPTIONAL }
              nested_type { name: "StockEntry" options { map_entry: true }
                field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
                field { name: "value" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL } }
            }
            message_type { name: "Query"
              field { name: "id" number: 1 type: TYPE_INT64 label: LABEL_OPTIONAL }
            }
            service { name: "Orders"
              method { name: "Get" input_type: ".shop.Query" output_type: ".shop.Order"
                options { idempotency_level: NO_SIDE_EFFECTS } }
              method { name: "List" input_type: ".shop.Query" output_type: ".shop.Order" server_streaming: true
                options { idempotency_level: NO_SIDE_EFFECTS } }
              method { name: "Put" input_type: ".shop.Order" output_type: ".shop.Order" }
            }
            """;

    private static final FileDescriptorProto PROTO = proto();

    /** What {@code protoc --descriptor_set_out} would write, without the files that every runtime has. */
    public static final byte[] SET =
            FileDescriptorSet.newBuilder().addFile(PROTO).build().toByteArray();

    private static final FileDescriptor LINKED = linked();

    private OrdersProto() {}

    private static FileDescriptorProto proto() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
        try {
            TextFormat.getParser().merge(FILE, file);
            return file.build();
        } catch (TextFormat.ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static FileDescriptor linked() {
        try {
            return FileDescriptor.buildFrom(PROTO, new FileDescriptor[] {
                TimestampProto.getDescriptor(), DurationProto.getDescriptor(), WrappersProto.getDescriptor()
            });
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    /** The service. */
    public static com.google.protobuf.Descriptors.ServiceDescriptor service() {
        return LINKED.findServiceByName("Orders");
    }

    /** A message from protobuf's own form of texts. */
    public static DynamicMessage message(String type, String text) {
        Descriptor descriptor = LINKED.findMessageTypeByName(type);
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(descriptor);
        try {
            TextFormat.getParser().merge(text, builder);
            return builder.build();
        } catch (TextFormat.ParseException e) {
            throw new AssertionError(e);
        }
    }
}
