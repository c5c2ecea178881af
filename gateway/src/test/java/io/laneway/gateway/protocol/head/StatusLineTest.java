package io.laneway.gateway.protocol.head;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusLineTest {

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "408, Request Timeout",
        "413, Content Too Large",
        "414, URI Too Long",
        "416, Range Not Satisfiable",
        "421, Misdirected Request",
        "422, Unprocessable Content",
        "425, Too Early",
        "431, Request Header Fields Too Large",
        "451, Unavailable For Legal Reasons",
        "505, HTTP Version Not Supported",
        "508, Loop Detected"
    })
    void aStatusHasTheReasonPhraseOfTheRegistry(int status, String phrase) {
        assertThat(StatusLine.of(status)).isEqualTo("HTTP/1.1 " + status + " " + phrase + "\r\n");
        assertThat(ReasonPhrase.of(status)).isEqualTo(phrase);
    }
}
