package io.laneway.router.codec;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.form.Words;
import io.laneway.router.link.LinkKey;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import java.time.Instant;
import java.util.List;

/** The form of a lane. */
final class LaneForm {

    private static final Key<Lane, String> NAME = Key.identity("name", Types.TEXT, Lane::name)
            .doc("Compared by its slug; two names with one slug are refused");
    private static final Key<Lane, String> PARENT = Key.optional(
                    "parent", Types.TEXT.labelled("lane name"), Lane::parent)
            .absent("the base lane")
            .doc("The lane that it falls back to; no cycles; none on the base lane");
    private static final Key<Lane, LaneMode> MODE = Key.optional(
                    "mode", Words.one(LaneMode.values(), LaneMode::word), Lane::mode)
            .or(LaneMode.PERMISSIVE)
            .doc("`strict` answers 503 instead of falling back");
    private static final Key<Lane, String> DESCRIPTION =
            Key.optional("description", Types.ANY_TEXT, Lane::description).or("");
    private static final Key<Lane, Instant> EXPIRES_AT =
            Key.optional("expiresAt", Types.INSTANT, Lane::expiresAt).absent("never");
    private static final Key<Lane, Boolean> KEEP =
            Key.optional("keep", Types.BOOLEAN, Lane::keep).or(false).doc("Exempt from expiry");
    private static final Key<Lane, LaneState> STATE = Key.optional(
                    "state", Words.one(LaneState.values(), LaneState::word), Lane::state)
            .or(LaneState.ACTIVE)
            .doc("Set by the control API");

    private static final Key<Lane, LinkKey> LINK_KEY = Key.optional(
                    "linkKey", Types.parsed("Ed25519 public key", LinkKey::parse), Lane::linkKey)
            .absent("no link counts")
            .doc("Signs the links into it, where listeners have `lanes: signed`; set by the control API");

    static final Form<Lane> FORM = Form.of(
            "Lane",
            "A named version of part of the system",
            LaneForm::lane,
            List.of(NAME, PARENT, MODE, DESCRIPTION, EXPIRES_AT, KEEP, STATE, LINK_KEY));

    private LaneForm() {}

    private static Lane lane(Read<Lane> read) {
        return new Lane(
                read.of(NAME),
                read.orNull(PARENT),
                read.of(MODE),
                read.of(DESCRIPTION),
                read.orNull(EXPIRES_AT),
                read.of(KEEP),
                read.of(STATE),
                read.orNull(LINK_KEY));
    }
}
