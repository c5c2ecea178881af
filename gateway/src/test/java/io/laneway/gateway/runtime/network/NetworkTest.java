package io.laneway.gateway.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    private static boolean contains(String networks, String address) {
        IpAddress ip = new IpAddress();
        assertThat(ip.read(address)).as(address).isTrue();
        List<Network> all = Stream.of(networks.split(" ")).map(Network::parse).toList();
        return new NetworkSet(all).contains(ip);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "::/0, 10.0.0.1, false",
        "::/0, ::ffff:10.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, ::FFFF:A00:1, true",
        "10.0.0.0/8, 0:0:0:0:0:ffff:10.0.0.1, true",
        "10.0.0.0/8, ::10.0.0.1, false",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false",
        "::ffff:0:0/96, 1.2.3.4, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8:0:8000::/49, 2001:db8:0:ffff::1, true",
        "2001:db8::1, 2001:DB8:0:0::1, true",
        "fe80::/10, fe80::1%eth0, true",
        "10.0.0.0/8 10.1.0.0/16 10.2.0.0/16, 10.3.0.0, true",
        "10.1.0.0/16 10.2.0.0/16 10.0.0.0/16, 10.3.0.0, false",
    })
    void anAddressIsInItsNetworksAlone(String networks, String address, boolean in) {
        assertThat(contains(networks, address)).isEqualTo(in);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.0.0",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1/8",
                "0x0a.0.0.1",
                "10.0.0.1.2",
                "2001:db8::1/32",
                "2001:db8::/129",
                "::ffff:10.0.0.0/8",
                "::ffff:10.0.0.1/104",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":1::",
                "1:::2",
                "12345::",
                "::1%eth0",
                "fe80::%eth0/10",
                "localhost",
                "*",
                "1:2:3:4:5:6:7::8",
                "::1.2.3",
                "::1.2.3.4:5",
                "10.0.0.٣",
            })
    void whatIsNoNetworkIsRefusedByWhatWasExpected(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "10.0.0.1:80", "[::1]", "%eth0", "::1%", "10.0.0.1%eth0", "_hidden", "1.2.3.999"})
    void whatIsNoAddressIsNotRead(String text) {
        assertThat(new IpAddress().read(text)).isFalse();
    }

    @Test
    void agreesWithTheJdkAboutAddressesInNetworks() throws UnknownHostException {
        SplittableRandom random = new SplittableRandom(18);
        for (int round = 0; round < 2000; round++) {
            int bytes = random.nextBoolean() ? 4 : 16;
            List<String> networks = new ArrayList<>();
            byte[] asked = random(random, bytes);
            boolean expected = false;
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                int bits = random.nextInt(bytes * 8 + 1);
                byte[] from = random(random, bytes);
                System.arraycopy(asked, 0, from, 0, random.nextInt(bytes + 1));
                BigInteger prefix = new BigInteger(1, from).shiftRight(bytes * 8 - bits);
                expected |= prefix.equals(new BigInteger(1, asked).shiftRight(bytes * 8 - bits));
                networks.add(text(prefix.shiftLeft(bytes * 8 - bits), bytes) + "/" + bits);
            }
            String address = InetAddress.getByAddress(asked).getHostAddress();
            assertThat(contains(String.join(" ", networks), address))
                    .as("%s in %s", address, networks)
                    .isEqualTo(expected);
        }
    }

    /** Of IPv6 none that is mapped. */
    private static byte[] random(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] |= 1;
        return bytes;
    }

    private static String text(BigInteger value, int length) throws UnknownHostException {
        byte[] bytes = new byte[length];
        byte[] digits = value.toByteArray();
        for (int i = 0; i < Math.min(length, digits.length); i++) {
            bytes[length - 1 - i] = digits[digits.length - 1 - i];
        }
        return InetAddress.getByAddress(bytes).getHostAddress();
    }
}
