-- Test questions and their right passages, a row each; rows of one question share its id. The answer
-- it was kept from may be gone; what its documents held goes with them.
CREATE TABLE golden (
    id             TEXT NOT NULL,
    question       TEXT NOT NULL,             -- as it is searched for
    turn           TEXT NOT NULL,
    document       TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start          INTEGER NOT NULL,          -- offsets in the stored text, in code points
    "end"          INTEGER NOT NULL,
    text           TEXT NOT NULL,             -- what stood there: it may have moved
    added_at       TEXT NOT NULL,
    PRIMARY KEY (id, document, start)
);
CREATE INDEX golden_by_document ON golden (document);
