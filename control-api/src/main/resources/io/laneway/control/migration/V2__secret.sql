-- What this store signs with, such as the links by which lanes are renewed: hex digits by name.
CREATE TABLE secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
