-- Times are milliseconds since 1970 (UTC). The same file runs on SQLite and on PostgreSQL.

-- One row: who this store is. Gateways follow a store by its id (CONTRACT section 4).
CREATE TABLE store (
    id       TEXT   NOT NULL PRIMARY KEY,
    created  BIGINT NOT NULL,
    replaces TEXT   NOT NULL
);

-- One row, and the compare-and-set of every commit: the newest revision, and the newest one that was an edit.
CREATE TABLE head (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    revision BIGINT  NOT NULL,
    edited   BIGINT  NOT NULL
);

-- The table as it stands: one row per lane, service, shift, and for routes, carriers and base.
CREATE TABLE object (
    kind     TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    place    BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    owner    TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (kind, name)
);

-- One row per edit, never changed. "undo" holds what leads back, in the form of "changes".
CREATE TABLE history (
    revision BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    who      TEXT   NOT NULL,
    origin   TEXT   NOT NULL,
    why      TEXT   NOT NULL,
    action   TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    owner    TEXT   NOT NULL,
    changes  TEXT   NOT NULL,
    undo     TEXT   NOT NULL
);

-- The whole table now and then, so that an old revision is rebuilt from the nearest one.
CREATE TABLE snapshot (
    revision BIGINT NOT NULL PRIMARY KEY,
    body     TEXT   NOT NULL
);

-- What the watch, the replicas and the publishers see: every revision, discovery included. Trimmed from its old end.
CREATE TABLE published (
    revision BIGINT NOT NULL PRIMARY KEY,
    kind     TEXT   NOT NULL,
    delta    TEXT   NOT NULL
);

-- What discovery found, whole, one row per source.
CREATE TABLE overlay (
    source   TEXT   NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL,
    body     TEXT   NOT NULL
);

-- Answers already given, so that a call repeated under its Idempotency-Key is not done twice.
CREATE TABLE answer (
    subject  TEXT   NOT NULL,
    call     TEXT   NOT NULL,
    request  TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (subject, call)
);

-- Bearer tokens, by the SHA-256 of their secret.
CREATE TABLE token (
    id      TEXT   NOT NULL PRIMARY KEY,
    hash    TEXT   NOT NULL UNIQUE,
    subject TEXT   NOT NULL,
    role    TEXT   NOT NULL,
    lanes   TEXT   NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
);

-- Stepwise shifts: the plan as given and where it stands, as JSON.
CREATE TABLE plan (
    shift   TEXT   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    body    TEXT   NOT NULL
);

-- When a lane was last used or renewed, and how long it lives idle (0 for the default): kept beside the table so that
-- use makes no revisions.
CREATE TABLE lane_use (
    lane TEXT   NOT NULL PRIMARY KEY,
    at   BIGINT NOT NULL,
    ttl  BIGINT NOT NULL
);

-- The gateways that report, with their last report as JSON.
CREATE TABLE gateway (
    id   TEXT   NOT NULL PRIMARY KEY,
    seen BIGINT NOT NULL,
    body TEXT   NOT NULL
);

-- Which replica does the jobs that only one may do at a time.
CREATE TABLE lease (
    job    TEXT   NOT NULL PRIMARY KEY,
    holder TEXT   NOT NULL,
    until  BIGINT NOT NULL
);

INSERT INTO head (one, revision, edited) VALUES (1, 0, 0);
