package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Problems;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key of a lane table without a value is a mistake, unless it can mean nothing but an empty list. */
class EmptyValuesTest {

    private static final String TABLE = """
            services:
              - name: app
                POLICY
                deployments: [{lane: master, endpoints: ["10.0.0.1:80"] DEPLOYMENT}]
            """;

    private static Problems read(String document) {
        Problems problems = Problems.strict();
        var unused = TableReader.read(document.getBytes(StandardCharsets.UTF_8), "t", problems);
        return problems;
    }

    private static Problems policy(String policy) {
        return read(TABLE.replace("POLICY", policy).replace("DEPLOYMENT", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy: | services[0].policy | a mapping",
                "policy: {access: } | services[0].policy.access | a mapping",
                "policy: {rate: } | services[0].policy.rate | a mapping, or off",
                "policy: {limits: } | services[0].policy.limits | a mapping, or off",
                "policy: {maxBody: } | services[0].policy.maxBody | a size such as 10MiB, or off",
                "policy: {headers: {request: }} | services[0].policy.headers.request | a mapping",
                "policy: {cors: } | services[0].policy.cors | a mapping, or off",
                "policy: {retries: {on: }} | services[0].policy.retries.on | a list",
                "shift: | services[0].shift | a text",
            })
    void aBlockWithoutAValueIsAProblem(String policy, String path, String expected) {
        assertThat(policy(policy).list()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.what()).isEqualTo("no value");
            assertThat(problem.expected()).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {", tls: ", ", tls: {ca: }", ", tls: {verify: }", ", protocol: "})
    void aDeploymentDoesNotGoInTheClearByAccident(String deployment) {
        assertThat(read(TABLE.replace("POLICY", "").replace("DEPLOYMENT", deployment))
                        .list())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy: null",
                "policy: {rate: null, access: null}",
                "hosts: ",
                "policy: {}",
                "policy: {rate: off}"
            })
    void nullIsAbsentAndAListMayBeEmpty(String policy) {
        assertThat(policy(policy).list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"services: []", "services:", "lanes:\nservices: []\nshifts:\n"})
    void aTableMayHaveNothing(String table) {
        assertThat(read(table).list()).isEmpty();
    }
}
