-- What discovery found, a row for each service and one for the lanes, so that a change writes what it changed. An empty
-- body is a service that is gone: other replicas must hear of it. Part 'all' is what an older version wrote, whole.
CREATE TABLE overlay_part (
    source   TEXT   NOT NULL,
    part     TEXT   NOT NULL,
    revision BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (source, part)
);

INSERT INTO overlay_part (source, part, revision, body) SELECT source, 'all', revision, body FROM overlay;

DROP TABLE overlay;
