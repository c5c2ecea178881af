package io.laneway.router.codec.shift;

import io.laneway.router.document.form.Definition;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Named;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.form.Words;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import java.util.List;

/** The form of a shift. */
public final class ShiftForm {

    static final Named<TenantSource> SOURCE = new Named<>(
            "TenantSource",
            Words.keyed(
                            TenantSource.Kind.values(),
                            TenantSource.Kind::word,
                            TenantSource::new,
                            TenantSource::kind,
                            TenantSource::name)
                    .labelled("one of `{header}`, `{query}`, `{cookie}`, `{jwtClaim}`,"
                            + " `{host: \"{tenant}.example.com\"}`"));

    private static final Key<Shift, String> NAME = Key.identity("name", Types.TEXT, Shift::name);
    static final Key<Shift, Boolean> ENABLED = Key.optional("enabled", Types.BOOLEAN, Shift::enabled)
            .or(true)
            .written()
            .doc("`false`: nothing is assigned, pins included");
    static final Key<Shift, List<TenantSource>> TENANT = Key.optional(
                    "tenant", Types.list(SOURCE.reference()), Shift::tenant)
            .or(List.of())
            .written()
            .doc("Where a request carries its tenant; the first that is present counts");
    static final Key<Shift, List<Environment>> ENVIRONMENTS = Key.optional(
                    "environments", Types.list(EnvironmentForm.FORM.type()), Shift::environments)
            .or(List.of())
            .written();

    /** A shift. */
    public static final Form<Shift> FORM = Form.of(
            "Shift",
            "Assigns shares of tenants, and of requests without one, to environments",
            read -> new Shift(read.of(NAME), read.of(ENABLED), read.of(TENANT), read.of(ENVIRONMENTS)),
            List.of(NAME, ENABLED, TENANT, ENVIRONMENTS));

    private ShiftForm() {}

    /** What the JSON Schema of a table has of shifts under {@code $defs}, in its order. */
    public static List<Definition> definitions() {
        return List.of(SOURCE, EnvironmentForm.PINS, EnvironmentForm.FORM, FORM);
    }
}
