package io.laneway.router.codec.policy;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Types;
import io.laneway.router.policy.Access;
import java.util.List;

/** The form of what a service or route asks of clients. */
public final class AccessForm {

    private static final Key<Access, Boolean> PUBLIC = Key.required("public", Types.BOOLEAN, Access::open)
            .doc("`true`: requests of anybody; `false`: none without a token, on external listeners with `jwt`");

    public static final Form<Access> ACCESS =
            Form.of("Access", "", read -> new Access(read.of(PUBLIC)), List.of(PUBLIC));

    private AccessForm() {}
}
