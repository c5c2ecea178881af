-- Questions to gateways that are open, so that any replica hands them down its watches and takes what comes back:
-- which replica asked, what, until when at most, and until when the row counts unless its replica renews it.
CREATE TABLE question (
    id      TEXT   NOT NULL PRIMARY KEY,
    replica TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    filter  TEXT   NOT NULL,
    until   BIGINT NOT NULL,
    alive   BIGINT NOT NULL
);

-- What gateways answered to another replica than the one that asked, until that one takes it.
CREATE TABLE question_answer (
    question TEXT   NOT NULL,
    gateway  TEXT   NOT NULL,
    part     BIGINT NOT NULL,
    replica  TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (question, gateway, part)
);

CREATE INDEX question_answer_replica ON question_answer (replica);
