package io.laneway.router.codec.service;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.service.UpstreamTls;
import java.io.IOException;
import java.util.List;

/** The form of how a gateway speaks TLS to a deployment. */
public final class UpstreamTlsForm {

    private static final Type<String> FILE = Types.TEXT.labelled("PEM file");

    private static final Key<UpstreamTls, String> CA = Key.optional(
                    "ca", Types.TEXT.labelled("PEM file, or PEM"), UpstreamTls::ca)
            .absent("the system's")
            .doc("Certificates to trust");
    private static final Key<UpstreamTls, String> SERVER_NAME = Key.optional(
                    "serverName", Types.TEXT, UpstreamTls::serverName)
            .absent("the endpoint's host")
            .doc("The name to ask for and to verify");
    private static final Key<UpstreamTls, List<String>> NAMES = Key.optional("names", Types.TEXTS, UpstreamTls::names)
            .or(List.of())
            .doc("Of which the certificate must have one, DNS names and URIs; `serverName` is asked for alone then");
    private static final Key<UpstreamTls, String> CERTIFICATE = Key.optional(
                    "certificate", FILE, UpstreamTls::certificate)
            .doc("The gateway's own, for mutual TLS; with `privateKey`");
    private static final Key<UpstreamTls, String> PRIVATE_KEY =
            Key.optional("privateKey", FILE, UpstreamTls::privateKey).doc("With `certificate`");
    private static final Key<UpstreamTls, Boolean> VERIFY =
            Key.optional("verify", Types.BOOLEAN, UpstreamTls::verify).or(true).doc("`false` accepts any certificate");

    /** How a gateway speaks TLS to what it leads to. */
    public static final Form<UpstreamTls> FORM = Form.of(
                    "UpstreamTls",
                    "How a gateway speaks TLS to a deployment; files are the gateway's",
                    read -> new UpstreamTls(
                            read.orNull(CA),
                            read.orNull(SERVER_NAME),
                            read.of(NAMES),
                            read.orNull(CERTIFICATE),
                            read.orNull(PRIVATE_KEY),
                            read.of(VERIFY)),
                    List.of(CA, SERVER_NAME, NAMES, CERTIFICATE, PRIVATE_KEY, VERIFY))
            .schema(UpstreamTlsForm::oneNeedsTheOther);

    private UpstreamTlsForm() {}

    private static void oneNeedsTheOther(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("dependentRequired");
        json.writeFieldName(CERTIFICATE.name());
        json.writeArray(new String[] {PRIVATE_KEY.name()}, 0, 1);
        json.writeFieldName(PRIVATE_KEY.name());
        json.writeArray(new String[] {CERTIFICATE.name()}, 0, 1);
        json.writeEndObject();
    }
}
