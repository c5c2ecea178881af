package io.laneway.control.webhook;

import io.laneway.control.webhook.Webhook.Form;
import io.vertx.core.json.JsonObject;

/** A message to webhooks. Immutable. */
public interface Notice {

    /** What happened, such as {@code expired}. */
    String event();

    /** To what, for the log. */
    String subject();

    /** One sentence or two for people. */
    String text();

    /** The body of the generic form. */
    JsonObject generic();

    /** The body that a webhook of this form takes. */
    default JsonObject json(Form form) {
        return switch (form) {
            case DINGTALK ->
                new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", text()));
            case FEISHU ->
                new JsonObject().put("msg_type", "text").put("content", new JsonObject().put("text", text()));
            case SLACK -> new JsonObject().put("text", escaped(text()));
            case GENERIC -> generic();
        };
    }

    /** Slack takes these three characters for markup. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
