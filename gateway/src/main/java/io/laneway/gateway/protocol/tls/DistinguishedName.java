package io.laneway.gateway.protocol.tls;

import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/** Reads parts of distinguished names (RFC 2253). Stateless. */
final class DistinguishedName {

    private DistinguishedName() {}

    /** The common names of a subject, lower case. */
    static List<String> commonNames(X500Principal subject) {
        try {
            return new LdapName(subject.getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString().toLowerCase(Locale.ROOT))
                            .toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }
}
