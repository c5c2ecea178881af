package io.laneway.gateway.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcStatusTest {

    private static HeaderLines status(String value) {
        HeaderLines lines = new HeaderLines();
        lines.add(HeaderName.of("grpc-status"), value);
        return lines;
    }

    @ParameterizedTest
    @CsvSource({
        "503,UH,14",
        "503,UF,14",
        "502,UPE,14",
        "503,OM,14",
        "404,NR,5",
        "504,UT,4",
        "429,RL,8",
        "503,UO,8",
        "400,DPE,13",
        "405,LR,12",
        "508,LR,2",
        "431,DPE,8",
        "0,DC,1"
    })
    void tellsFailuresInTheCodesOfTheContract(int http, ResponseFlag flag, int code) {
        assertThat(GrpcStatus.of(Failure.gateway(Failure.Stage.ROUTE, http, flag, "so")))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"0,200", "1,499", "2,500", "4,504", "5,404", "8,429", "12,501", "13,500", "14,503", "16,401", "17,500"})
    void isJudgedByTheHttpStatusThatSaysTheSame(int code, int http) {
        assertThat(GrpcStatus.http(code)).isEqualTo(http);
    }

    @Test
    void readsWhatTrailersSay() {
        assertThat(GrpcStatus.read(new HeaderLines())).isEqualTo(GrpcStatus.NONE);
        assertThat(GrpcStatus.read(status("0"))).isZero();
        assertThat(GrpcStatus.read(status("14"))).isEqualTo(14);
        assertThat(GrpcStatus.read(status("OK"))).isEqualTo(GrpcStatus.UNKNOWN);
        assertThat(GrpcStatus.read(status("99999999999"))).isEqualTo(GrpcStatus.UNKNOWN);
    }

    @Test
    void isNoneWhereNothingWasAnswered() {
        assertThat(GrpcStatus.ofResponse(0, ResponseFlag.UC)).isEqualTo(GrpcStatus.NONE);
        assertThat(GrpcStatus.ofResponse(200, ResponseFlag.NONE)).isEqualTo(GrpcStatus.UNKNOWN);
        assertThat(GrpcStatus.ofResponse(200, ResponseFlag.DC)).isEqualTo(GrpcStatus.CANCELLED);
    }

    @Test
    void repliesInTheTrailersOnlyForm() {
        ResponseHead head = new ResponseHead();
        assertThat(GrpcReply.head(head, Failure.REQUEST_TIMEOUT)).isEqualTo(4);
        Slice value = new Slice();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.lines().count()).isEqualTo(3);
        head.lines().value(0, value);
        assertThat(value).hasToString("application/grpc");
        head.lines().value(2, value);
        assertThat(value).hasToString("upstream request timeout");
    }

    @Test
    void encodesMessages() {
        assertThat(GrpcReply.encode("50 % of ä\n")).isEqualTo("50 %25 of %C3%A4%0A");
    }
}
