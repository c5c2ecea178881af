package io.laneway.control.link;

import io.laneway.control.store.ControlStore;
import io.laneway.router.link.LinkKey;
import io.laneway.router.link.LinkSigner;
import java.util.Optional;

/**
 * The private keys of lanes' links, by their public ones. They are in the store alone, so that all replicas sign with the same
 * key and a backup keeps it; tables hold the public ones. Safe for many threads; blocks.
 */
public final class LinkSecrets {

    private static final String PREFIX = "link ";

    private final ControlStore store;

    public LinkSecrets(ControlStore store) {
        this.store = store;
    }

    /** What signs for a key; empty for one that is not from here. */
    public Optional<LinkSigner> find(LinkKey key) {
        return store.secret(PREFIX + key).map(LinkSigner::read);
    }

    /** Keeps one, before a table has its public key. */
    public void add(LinkSigner signer) {
        String unused = store.secret(PREFIX + signer.key(), signer.secret());
    }

    /** Forgets one, after no table has its public key. */
    public void forget(LinkKey key) {
        store.forgetSecret(PREFIX + key);
    }
}
