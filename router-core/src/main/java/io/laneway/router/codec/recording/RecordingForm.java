package io.laneway.router.codec.recording;

import io.laneway.router.document.form.Definition;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.recording.Redaction;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.unit.ByteSize;
import io.laneway.router.unit.Share;
import java.time.Instant;
import java.util.List;

/** The form of a recording. */
public final class RecordingForm {

    private static final Key<Recording, String> NAME = Key.identity("name", Types.TEXT, Recording::name);
    private static final Key<Recording, ServiceId> SERVICE = Key.optional(
                    "service", Types.parsed("service", ServiceId::parse), Recording::service)
            .absent("any");
    private static final Key<Recording, String> LANE = Key.optional(
                    "lane", Types.TEXT.labelled("lane name"), Recording::lane)
            .absent("any")
            .doc("The lane that was asked for, or whose deployment serves");
    private static final Key<Recording, String> TENANT =
            Key.optional("tenant", Types.TEXT, Recording::tenant).absent("any");
    private static final Key<Recording, String> PATH =
            Key.optional("path", Types.TEXT, Recording::path).absent("any").doc("What the path begins with");
    private static final Key<Recording, Share> SHARE = Key.optional("share", Types.SHARE, Recording::share)
            .or(Share.ALL)
            .doc("By the hash of the trace or the request's id: a chain is kept whole or not at all");
    private static final Key<Recording, Instant> FROM = Key.optional("from", Types.INSTANT, Recording::from)
            .absent("as soon as a gateway knows of it")
            .doc("When it begins; with it, a gateway that restarts continues to count its `max`");
    private static final Key<Recording, Instant> UNTIL =
            Key.required("until", Types.INSTANT, Recording::until).doc("When it ends by itself");
    private static final Key<Recording, ByteSize> MAX = Key.optional("max", Types.SIZE, Recording::max)
            .or(Recording.DEFAULT_MAX)
            .doc("Size of a gateway's files at which it ends there");
    private static final Key<Recording, ByteSize> BODIES = Key.optional("bodies", Types.SIZE, Recording::bodies)
            .or(Recording.DEFAULT_BODIES)
            .doc("How much of each body is kept, at most 1MiB");

    private static final Key<Recording, Boolean> FRAMES = Key.optional("frames", Types.BOOLEAN, Recording::frames)
            .or(false)
            .doc("Keep WebSockets, too: their messages, each up to `bodies`");

    private static final Key<Redaction, List<String>> HEADERS =
            Key.optional("headers", Types.TEXTS, Redaction::headers).or(List.of());
    private static final Key<Redaction, List<String>> QUERY =
            Key.optional("query", Types.TEXTS, Redaction::query).or(List.of());
    private static final Key<Redaction, List<String>> FIELDS =
            Key.optional("form", Types.TEXTS, Redaction::form).or(List.of());
    private static final Key<Redaction, List<String>> JSON =
            Key.optional("json", Types.TEXTS, Redaction::json).or(List.of()).doc("Paths such as `$.user.ssn`");
    private static final Key<Redaction, List<String>> KEEP = Key.optional("keep", Types.TEXTS, Redaction::keep)
            .or(List.of())
            .doc("Names that only look as if they were secrets");

    private static final Form<Redaction> REDACTION = Form.of(
            "Redaction",
            "What becomes a pseudonym beyond what always does",
            read -> new Redaction(read.of(HEADERS), read.of(QUERY), read.of(FIELDS), read.of(JSON), read.of(KEEP)),
            List.of(HEADERS, QUERY, FIELDS, JSON, KEEP));

    private static final Key<Recording, Redaction> REDACT =
            Key.optional("redact", REDACTION.type(), Recording::redact).or(Redaction.DEFAULT);

    /** A recording. */
    public static final Form<Recording> FORM = Form.of(
            "Recording",
            "Requests and responses that gateways keep for a while, to be replayed",
            RecordingForm::recording,
            List.of(NAME, SERVICE, LANE, TENANT, PATH, SHARE, FROM, UNTIL, MAX, BODIES, FRAMES, REDACT));

    private RecordingForm() {}

    /** What the JSON Schema of a table has of recordings under {@code $defs}, in its order. */
    public static List<Definition> definitions() {
        return List.of(REDACTION, FORM);
    }

    private static Recording recording(Read<Recording> read) {
        return new Recording(
                read.of(NAME),
                read.orNull(SERVICE),
                read.orNull(LANE),
                read.orNull(TENANT),
                read.orNull(PATH),
                read.of(SHARE),
                read.orNull(FROM),
                read.of(UNTIL),
                read.of(MAX),
                read.of(BODIES),
                read.of(FRAMES),
                read.of(REDACT));
    }
}
