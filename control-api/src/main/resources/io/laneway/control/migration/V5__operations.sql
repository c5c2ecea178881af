-- What is written to prove that a write works; see /readyz.
CREATE TABLE probe (
    one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    number BIGINT  NOT NULL,
    pad    TEXT    NOT NULL
);
INSERT INTO probe (one, number, pad) VALUES (1, 0, '');

-- The rest of an answer, so that a call repeated under its Idempotency-Key gets the same one.
ALTER TABLE answer ADD COLUMN status INTEGER NOT NULL DEFAULT 200;
ALTER TABLE answer ADD COLUMN tag TEXT NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN body TEXT NOT NULL DEFAULT '';

-- Ids that this store had before it was restored: what gateways may follow until the new one is accepted.
CREATE TABLE former (
    id TEXT NOT NULL PRIMARY KEY
);
