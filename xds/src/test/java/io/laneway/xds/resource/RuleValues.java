package io.laneway.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Int64Value;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import io.envoyproxy.pgv.validate.Validate;
import io.envoyproxy.pgv.validate.Validate.FieldRules;
import io.envoyproxy.pgv.validate.Validate.KnownRegex;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Single values against their rules: what is wrong, null for nothing. Rules that it does not know are errors. */
final class RuleValues {

    private RuleValues() {}

    private static void known(Message rules, String... names) {
        for (FieldDescriptor rule : rules.getAllFields().keySet()) {
            if (!Set.of(names).contains(rule.getName())) {
                throw new AssertionError("a validation rule that this test does not know: " + rule.getFullName()
                        + " (expected: its check in RuleValues)");
            }
        }
    }

    /** The message of a value's kind within its rules. */
    static Message rule(FieldRules rules) {
        for (var each : rules.getAllFields().entrySet()) {
            if (each.getValue() instanceof Message kind && !(kind instanceof Validate.MessageRules)) {
                return kind;
            }
        }
        throw new AssertionError("no rules");
    }

    static boolean isRequired(FieldRules rules) {
        known(rules.getMessage(), "required", "skip");
        return rules.getMessage().getRequired()
                || rules.getDuration().getRequired()
                || rules.getAny().getRequired()
                || rules.getTimestamp().getRequired();
    }

    static Object unwrapped(Object value) {
        if (value instanceof UInt32Value number) {
            return Integer.toUnsignedLong(number.getValue());
        }
        if (value instanceof UInt64Value number) {
            return new BigInteger(Long.toUnsignedString(number.getValue()));
        }
        if (value instanceof Int64Value number) {
            return number.getValue();
        }
        if (value instanceof DoubleValue number) {
            return number.getValue();
        }
        if (value instanceof BoolValue bool) {
            return bool.getValue();
        }
        return value instanceof StringValue text ? text.getValue() : value;
    }

    static @Nullable String number(Message rules, Number value) {
        known(rules, "const", "lt", "lte", "gt", "gte", "in", "not_in", "ignore_empty");
        boolean unsigned = rules instanceof Validate.UInt32Rules || rules instanceof Validate.UInt64Rules;
        BigDecimal number = exact(value, unsigned);
        if (isSet(rules, "ignore_empty") && number.signum() == 0) {
            return null;
        }
        boolean wrong = (isSet(rules, "const") && number.compareTo(bound(rules, "const", unsigned)) != 0)
                || (isSet(rules, "lt") && number.compareTo(bound(rules, "lt", unsigned)) >= 0)
                || (isSet(rules, "lte") && number.compareTo(bound(rules, "lte", unsigned)) > 0)
                || (isSet(rules, "gt") && number.compareTo(bound(rules, "gt", unsigned)) <= 0)
                || (isSet(rules, "gte") && number.compareTo(bound(rules, "gte", unsigned)) < 0)
                || (isSet(rules, "in") && !lists(rules, "in", value))
                || lists(rules, "not_in", value);
        return wrong ? number + " against " + rules : null;
    }

    private static boolean isSet(Message rules, String name) {
        FieldDescriptor field = rules.getDescriptorForType().findFieldByName(name);
        return field.isRepeated() ? rules.getRepeatedFieldCount(field) > 0 : rules.hasField(field);
    }

    private static BigDecimal bound(Message rules, String name, boolean unsigned) {
        return exact((Number) rules.getField(rules.getDescriptorForType().findFieldByName(name)), unsigned);
    }

    private static boolean lists(Message rules, String name, Object value) {
        FieldDescriptor field = rules.getDescriptorForType().findFieldByName(name);
        for (int i = 0; i < rules.getRepeatedFieldCount(field); i++) {
            if (rules.getRepeatedField(field, i).toString().equals(value.toString())) {
                return true;
            }
        }
        return false;
    }

    private static BigDecimal exact(Number number, boolean unsigned) {
        if (unsigned && number instanceof Integer small) {
            return BigDecimal.valueOf(Integer.toUnsignedLong(small));
        }
        return unsigned && number instanceof Long large
                ? new BigDecimal(Long.toUnsignedString(large))
                : new BigDecimal(number.toString());
    }

    static @Nullable String text(Validate.StringRules rules, String text) {
        known(
                rules,
                "const",
                "min_len",
                "max_len",
                "min_bytes",
                "max_bytes",
                "prefix",
                "suffix",
                "in",
                "not_in",
                "well_known_regex",
                "strict",
                "ignore_empty");
        if (rules.getIgnoreEmpty() && text.isEmpty()) {
            return null;
        }
        int length = text.codePointCount(0, text.length());
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        boolean wrong = (rules.hasConst() && !text.equals(rules.getConst()))
                || length < rules.getMinLen()
                || bytes < rules.getMinBytes()
                || (rules.hasMaxLen() && length > rules.getMaxLen())
                || (rules.hasMaxBytes() && bytes > rules.getMaxBytes())
                || !text.startsWith(rules.getPrefix())
                || !text.endsWith(rules.getSuffix())
                || (rules.getInCount() > 0 && !rules.getInList().contains(text))
                || rules.getNotInList().contains(text)
                || !fits(rules, text);
        return wrong ? "'" + text + "'" : null;
    }

    /** As protoc-gen-validate checks names and values of header fields. */
    private static boolean fits(Validate.StringRules rules, String text) {
        boolean strict = !rules.hasStrict() || rules.getStrict();
        if (rules.getWellKnownRegex() == KnownRegex.UNKNOWN) {
            return true;
        }
        if (!strict) {
            return text.chars().noneMatch(c -> c == 0 || c == '\n' || c == '\r');
        }
        return rules.getWellKnownRegex() == KnownRegex.HTTP_HEADER_NAME
                ? text.matches(":?[0-9a-zA-Z!#$%&'*+-.^_|~`]+")
                : text.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 0x7F);
    }

    static @Nullable String bytes(Validate.BytesRules rules, ByteString bytes) {
        known(rules, "min_len", "max_len", "ignore_empty");
        boolean wrong = bytes.size() < rules.getMinLen() || (rules.hasMaxLen() && bytes.size() > rules.getMaxLen());
        return wrong && !(rules.getIgnoreEmpty() && bytes.isEmpty()) ? bytes.size() + " bytes" : null;
    }

    static @Nullable String bool(Validate.BoolRules rules, boolean value) {
        known(rules, "const");
        return rules.hasConst() && value != rules.getConst() ? String.valueOf(value) : null;
    }

    static @Nullable String constant(Validate.EnumRules rules, EnumValueDescriptor value) {
        known(rules, "const", "defined_only", "in", "not_in");
        boolean wrong = (rules.hasConst() && rules.getConst() != value.getNumber())
                || (rules.getDefinedOnly() && value.getIndex() < 0)
                || (rules.getInCount() > 0 && !rules.getInList().contains(value.getNumber()))
                || rules.getNotInList().contains(value.getNumber());
        return wrong ? value.getName() : null;
    }

    static @Nullable String duration(Validate.DurationRules rules, Duration value) {
        known(rules, "required", "const", "lt", "lte", "gt", "gte");
        BigInteger nanos = nanos(value);
        boolean wrong = (rules.hasConst() && !nanos.equals(nanos(rules.getConst())))
                || (rules.hasLt() && nanos.compareTo(nanos(rules.getLt())) >= 0)
                || (rules.hasLte() && nanos.compareTo(nanos(rules.getLte())) > 0)
                || (rules.hasGt() && nanos.compareTo(nanos(rules.getGt())) <= 0)
                || (rules.hasGte() && nanos.compareTo(nanos(rules.getGte())) < 0);
        return wrong ? nanos + " ns" : null;
    }

    private static BigInteger nanos(Duration duration) {
        return BigInteger.valueOf(duration.getSeconds())
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(duration.getNanos()));
    }

    static @Nullable String any(Validate.AnyRules rules, Any value) {
        known(rules, "required", "in", "not_in");
        boolean wrong = (rules.getInCount() > 0 && !rules.getInList().contains(value.getTypeUrl()))
                || rules.getNotInList().contains(value.getTypeUrl());
        return wrong ? value.getTypeUrl() : null;
    }

    static @Nullable String items(Validate.RepeatedRules rules, List<Object> items) {
        known(rules, "min_items", "max_items", "unique", "items", "ignore_empty");
        if (rules.getIgnoreEmpty() && items.isEmpty()) {
            return null;
        }
        boolean wrong = items.size() < rules.getMinItems()
                || (rules.hasMaxItems() && items.size() > rules.getMaxItems())
                || (rules.getUnique() && new HashSet<>(items).size() < items.size());
        return wrong ? items.size() + " items" : null;
    }

    static @Nullable String pairs(Validate.MapRules rules, int count) {
        known(rules, "min_pairs", "max_pairs", "keys", "values", "no_sparse", "ignore_empty");
        boolean wrong = count < rules.getMinPairs() || (rules.hasMaxPairs() && count > rules.getMaxPairs());
        return wrong && !(rules.getIgnoreEmpty() && count == 0) ? count + " pairs" : null;
    }
}
