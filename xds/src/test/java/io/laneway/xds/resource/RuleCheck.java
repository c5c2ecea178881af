package io.laneway.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.pgv.validate.Validate;
import io.envoyproxy.pgv.validate.Validate.FieldRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds messages against the validation rules that Envoy's protos publish as options of their fields (protoc-gen-validate),
 * packed ones included. A rule of a field that is set, and that is not known here, is an error of the test.
 */
final class RuleCheck {

    private final List<String> problems = new ArrayList<>();

    static List<String> problems(Message message) throws Exception {
        RuleCheck check = new RuleCheck();
        check.message(message.getDescriptorForType().getName(), message);
        return check.problems;
    }

    private void message(String path, Message message) throws Exception {
        if (message instanceof Any any) {
            message(path + "!", Packed.unpack(any));
            return;
        }
        Descriptor type = message.getDescriptorForType();
        if (type.getOptions().getExtension(Validate.disabled)
                || type.getOptions().getExtension(Validate.ignored)) {
            return;
        }
        for (OneofDescriptor oneof : type.getRealOneofs()) {
            if (oneof.getOptions().getExtension(Validate.required) && !message.hasOneof(oneof)) {
                problems.add(path + "." + oneof.getName() + ": none of them");
            }
        }
        for (FieldDescriptor field : type.getFields()) {
            field(path + "." + field.getName(), message, field);
        }
    }

    private void field(String path, Message message, FieldDescriptor field) throws Exception {
        FieldRules rules = field.getOptions().getExtension(Validate.rules);
        if (field.isMapField()) {
            entries(path, message, field, rules);
        } else if (field.isRepeated()) {
            items(path, message, field, rules);
        } else if (!field.hasPresence() || message.hasField(field)) {
            value(path, message.getField(field), rules);
        } else if (field.getRealContainingOneof() == null && RuleValues.isRequired(rules)) {
            problems.add(path + ": missing");
        }
    }

    private void items(String path, Message message, FieldDescriptor field, FieldRules rules) throws Exception {
        int count = message.getRepeatedFieldCount(field);
        String wrong = rules.hasRepeated() ? RuleValues.items(rules.getRepeated(), list(message, field)) : null;
        add(path, wrong);
        for (int i = 0; i < count; i++) {
            value(
                    path + "[" + i + "]",
                    message.getRepeatedField(field, i),
                    rules.getRepeated().getItems());
        }
    }

    private static List<Object> list(Message message, FieldDescriptor field) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            all.add(message.getRepeatedField(field, i));
        }
        return all;
    }

    private void entries(String path, Message message, FieldDescriptor field, FieldRules rules) throws Exception {
        int count = message.getRepeatedFieldCount(field);
        add(path, rules.hasMap() ? RuleValues.pairs(rules.getMap(), count) : null);
        for (int i = 0; i < count; i++) {
            Message entry = (Message) message.getRepeatedField(field, i);
            for (Map.Entry<FieldDescriptor, Object> each : entry.getAllFields().entrySet()) {
                boolean key = each.getKey().getNumber() == 1;
                value(
                        path + "{}",
                        each.getValue(),
                        key ? rules.getMap().getKeys() : rules.getMap().getValues());
            }
        }
    }

    private void value(String path, Object value, FieldRules rules) throws Exception {
        Object bare = rules.getTypeCase() == FieldRules.TypeCase.TYPE_NOT_SET ? value : RuleValues.unwrapped(value);
        String wrong = switch (rules.getTypeCase()) {
            case TYPE_NOT_SET -> null;
            case STRING -> RuleValues.text(rules.getString(), (String) bare);
            case BYTES -> RuleValues.bytes(rules.getBytes(), (ByteString) bare);
            case BOOL -> RuleValues.bool(rules.getBool(), (Boolean) bare);
            case ENUM -> RuleValues.constant(rules.getEnum(), (EnumValueDescriptor) bare);
            case DURATION -> RuleValues.duration(rules.getDuration(), (Duration) bare);
            case ANY -> RuleValues.any(rules.getAny(), (Any) bare);
            case FLOAT, DOUBLE, INT32, INT64, UINT32, UINT64, SINT32, SINT64, FIXED32, FIXED64, SFIXED32, SFIXED64 ->
                RuleValues.number(RuleValues.rule(rules), (Number) bare);
            case REPEATED, MAP, TIMESTAMP -> throw new AssertionError(path + ": rules of an unknown kind: " + rules);
        };
        add(path, wrong);
        if (value instanceof Message inner && !rules.getMessage().getSkip()) {
            message(path, inner);
        }
    }

    private void add(String path, @Nullable String wrong) {
        if (wrong != null) {
            problems.add(path + ": " + wrong);
        }
    }
}
