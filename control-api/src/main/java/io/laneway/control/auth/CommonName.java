package io.laneway.control.auth;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The common name in a certificate's subject (RFC 4514). Stateless. */
final class CommonName {

    private CommonName() {}

    /** The name as a pattern that it alone matches; empty if there is none, or if it would match others. */
    static String of(String subject) {
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    String name = part.getValue().toString();
                    return name.indexOf('*') < 0 ? name : "";
                }
            }
            return "";
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
