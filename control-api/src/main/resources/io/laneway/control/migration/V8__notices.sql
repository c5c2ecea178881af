-- What webhooks have not taken yet, so that it is sent again by any process: which webhook (a hash of its form and URL), the
-- body in its form, when it is due, and how often it was tried. Bounded; the oldest go first.
CREATE TABLE notice (
    id      TEXT    NOT NULL PRIMARY KEY,
    hook    TEXT    NOT NULL,
    event   TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    at      BIGINT  NOT NULL,
    due     BIGINT  NOT NULL,
    tries   INTEGER NOT NULL
);
