-- Replays of recordings by gateways: what is wanted of which gateway, how far it is, and what it came to. Any replica hands
-- out those that wait, takes what their gateways say, and ends those whose gateways say nothing any more.
CREATE TABLE replay (
    id       TEXT   NOT NULL PRIMARY KEY,
    gateway  TEXT   NOT NULL,
    state    TEXT   NOT NULL,
    wish     TEXT   NOT NULL,
    who      TEXT   NOT NULL,
    why      TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    until    BIGINT NOT NULL,
    heard    BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    run      TEXT   NOT NULL,
    problem  TEXT   NOT NULL,
    progress TEXT   NOT NULL,
    report   TEXT   NOT NULL
);
