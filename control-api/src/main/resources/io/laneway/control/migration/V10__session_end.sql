-- Sessions of browsers that a subject began until then do not hold any more; kept as long as one of them could last.
CREATE TABLE session_end (
    subject TEXT   NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL
);
