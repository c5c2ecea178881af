package io.laneway.router.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs8Test {

    private static final int HEADER = 26;
    private static final int WIDTH = 32;

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048})
    void wrapsAnRsaKeyOfPkcs1(int size) throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(size);
        PrivateKey key = keys.generateKeyPair().getPrivate();
        byte[] whole = key.getEncoded();

        String wrapped = Pkcs8.of(pem("RSA PRIVATE KEY", Arrays.copyOfRange(whole, HEADER, whole.length)));
        assertThat(read("RSA", wrapped)).isEqualTo(key);
        assertThat(read("RSA", Pkcs8.of(wrapped))).isEqualTo(key);
    }

    @Test
    void wrapsAnEcKeyOfSec1() throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        BigInteger secret = ((ECPrivateKey) keys.generateKeyPair().getPrivate()).getS();
        String hex = HexFormat.of().formatHex(secret.toByteArray());
        String padded = ("0".repeat(2 * WIDTH) + hex).substring(hex.length());
        byte[] sec1 = HexFormat.of().parseHex("303102010104" + "20" + padded + "a00a06082a8648ce3d030107");

        PrivateKey read = read("EC", Pkcs8.of(pem("EC PRIVATE KEY", sec1)));
        assertThat(((ECPrivateKey) read).getS()).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void saysWhereThereIsNoKey(String text) {
        assertThatThrownBy(() -> Pkcs8.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no private key in PEM");
    }

    private static PrivateKey read(String kind, String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance(kind)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
