package io.laneway.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.pgv.validate.Validate;
import io.envoyproxy.pgv.validate.Validate.FieldRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds messages against the validation rules that Envoy's protos publish as options of their fields (protoc-gen-validate),
 * packed ones included. Knows the rules of the fields that are used here, and fails at a rule that it does not know.
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
        if (field.isRepeated()) {
            int count = message.getRepeatedFieldCount(field);
            if (rules.hasRepeated() && count < rules.getRepeated().getMinItems()) {
                problems.add(path + ": " + count + " items");
            }
            for (int i = 0; i < count; i++) {
                value(
                        path + "[" + i + "]",
                        message.getRepeatedField(field, i),
                        rules.getRepeated().getItems(),
                        field);
            }
            return;
        }
        boolean present = !field.hasPresence() || message.hasField(field);
        if (!present) {
            if (field.getRealContainingOneof() != null) {
                return;
            }
            if (rules.getMessage().getRequired()
                    || rules.getDuration().getRequired()
                    || rules.getAny().getRequired()) {
                problems.add(path + ": missing");
            }
            return;
        }
        value(path, message.getField(field), rules, field);
    }

    private void value(String path, Object value, FieldRules rules, FieldDescriptor field) throws Exception {
        if (value instanceof Duration duration && rules.hasDuration()) {
            duration(path, duration, rules);
        } else if (value instanceof UInt32Value number && rules.hasUint32()) {
            number(path, Integer.toUnsignedLong(number.getValue()), rules);
        } else if (value instanceof String text && rules.hasString()) {
            text(path, text, rules);
        } else if (value instanceof EnumValueDescriptor one && rules.getEnum().getDefinedOnly()) {
            if (one.getIndex() < 0) {
                problems.add(path + ": not defined");
            }
        } else if (value instanceof Integer number && rules.hasUint32()) {
            number(path, Integer.toUnsignedLong(number), rules);
        }
        if (value instanceof Message inner && !field.isMapField()) {
            message(path, inner);
        } else if (value instanceof Message entry) {
            for (Map.Entry<FieldDescriptor, Object> each : entry.getAllFields().entrySet()) {
                if (each.getValue() instanceof Message inner) {
                    message(path, inner);
                }
            }
        }
    }

    private void duration(String path, Duration duration, FieldRules rules) {
        long nanos = nanos(duration);
        Validate.DurationRules rule = rules.getDuration();
        if ((rule.hasGt() && nanos <= nanos(rule.getGt())) || (rule.hasGte() && nanos < nanos(rule.getGte()))) {
            problems.add(path + ": " + nanos + " ns");
        }
    }

    private static long nanos(Duration duration) {
        return duration.getSeconds() * 1_000_000_000L + duration.getNanos();
    }

    private void number(String path, long number, FieldRules rules) {
        Validate.UInt32Rules rule = rules.getUint32();
        boolean wrong = (rule.hasGte() && number < rule.getGte())
                || (rule.hasGt() && number <= rule.getGt())
                || (rule.hasLte() && number > rule.getLte())
                || (rule.hasLt() && number >= rule.getLt());
        if (wrong) {
            problems.add(path + ": " + number);
        }
    }

    private void text(String path, String text, FieldRules rules) {
        Validate.StringRules rule = rules.getString();
        int bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        boolean control = text.chars().anyMatch(c -> c == 0 || c == '\n' || c == '\r');
        boolean header = rule.getWellKnownRegex() == Validate.KnownRegex.HTTP_HEADER_NAME
                || rule.getWellKnownRegex() == Validate.KnownRegex.HTTP_HEADER_VALUE;
        if (text.codePointCount(0, text.length()) < rule.getMinLen()
                || bytes < rule.getMinBytes()
                || (rule.hasMaxLen() && text.length() > rule.getMaxLen())
                || (rule.hasMaxBytes() && bytes > rule.getMaxBytes())
                || (header && control)) {
            problems.add(path + ": '" + text + "'");
        }
    }
}
