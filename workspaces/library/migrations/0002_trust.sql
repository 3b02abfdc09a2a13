-- What a document could not give, the version it takes the place of, and the folder it came with.
ALTER TABLE documents ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';  -- JSON: reasons
ALTER TABLE documents ADD COLUMN modified INTEGER NOT NULL DEFAULT 0;  -- of the source, ns since 1970
ALTER TABLE documents ADD COLUMN replaces TEXT;  -- hidden until it is ready: search answers from that one
ALTER TABLE documents ADD COLUMN watch TEXT;     -- the watched folder it follows
ALTER TABLE documents ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;  -- 1 once its file has left that folder
ALTER TABLE documents DROP COLUMN silent_pages;
CREATE INDEX documents_by_path ON documents (path);
CREATE INDEX documents_by_twin ON documents (twin) WHERE twin IS NOT NULL;

ALTER TABLE passages ADD COLUMN line INTEGER;
ALTER TABLE passages ADD COLUMN row INTEGER;
ALTER TABLE sources ADD COLUMN line INTEGER;
ALTER TABLE sources ADD COLUMN row INTEGER;

-- A space holds the vectors of one embedder. At most one of each role.
CREATE TABLE spaces (
    id             TEXT PRIMARY KEY,
    role           TEXT NOT NULL UNIQUE,      -- library.spaces.Role
    name           TEXT NOT NULL,             -- of the embedder, for a person
    folder         TEXT NOT NULL              -- of the embedder; '' for the one that comes along
);

CREATE TABLE vectors (
    passage        TEXT NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    space          TEXT NOT NULL REFERENCES spaces (id) ON DELETE CASCADE,
    numbers        BLOB,                      -- float16; NULL where the embedder does not know the language
    PRIMARY KEY (passage, space)
) WITHOUT ROWID;
CREATE INDEX vectors_by_space ON vectors (space);

INSERT INTO spaces SELECT 'first', 'current', '', ''
    FROM passages WHERE vector IS NOT NULL LIMIT 1;
INSERT INTO vectors SELECT id, 'first', vector FROM passages
    WHERE embedded = 1 AND EXISTS (SELECT 1 FROM spaces);
DROP INDEX passages_to_embed;
ALTER TABLE passages DROP COLUMN vector;
ALTER TABLE passages DROP COLUMN embedded;

-- Every file ever offered and how that ended. It stays when the document goes.
CREATE TABLE report (
    document       TEXT PRIMARY KEY,
    name           TEXT NOT NULL,
    path           TEXT NOT NULL,
    state          TEXT NOT NULL,             -- core.types.DocumentState
    reason         TEXT,
    details        TEXT NOT NULL DEFAULT '{}',
    warnings       TEXT NOT NULL DEFAULT '[]',
    other          TEXT,                      -- the document that the reason speaks of
    size           INTEGER NOT NULL DEFAULT 0,
    offered_at     TEXT NOT NULL,
    ended_at       TEXT NOT NULL DEFAULT ''
);
INSERT INTO report SELECT id, name, path, state, reason, details, warnings, twin, size, added_at, ''
    FROM documents ORDER BY rowid;

CREATE TRIGGER document_offered AFTER INSERT ON documents BEGIN
    INSERT INTO report (document, name, path, state, reason, details, size, offered_at, ended_at)
        VALUES (NEW.id, NEW.name, NEW.path, NEW.state, NEW.reason, NEW.details, NEW.size,
            NEW.added_at, iif(NEW.state = 'queued', '', strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
END;
CREATE TRIGGER document_changed
    AFTER UPDATE OF state, reason, details, warnings, twin, size, name, path ON documents BEGIN
    UPDATE report SET state = NEW.state, reason = NEW.reason, details = NEW.details,
        warnings = NEW.warnings, other = NEW.twin, size = NEW.size, name = NEW.name,
        path = NEW.path, ended_at = iif(
            NEW.state IN ('queued', 'reading', 'indexing', 'keyword_searchable', 'embedding'),
            '', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        WHERE document = NEW.id;
END;
CREATE TRIGGER document_removed AFTER DELETE ON documents BEGIN
    UPDATE report SET state = 'removed', reason = 'removed',
        details = json_object('name', OLD.name), other = NULL,
        ended_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
        WHERE document = OLD.id AND OLD.state IN
            ('queued', 'reading', 'indexing', 'keyword_searchable', 'embedding', 'ready');
END;

CREATE TABLE watches (
    id             TEXT PRIMARY KEY,
    folder         TEXT NOT NULL UNIQUE,
    subfolders     INTEGER NOT NULL DEFAULT 1,
    ignore         TEXT NOT NULL DEFAULT '[]',-- JSON: patterns as in a .gitignore
    follow         INTEGER NOT NULL DEFAULT 0,-- 1: a file deleted there is removed here without asking
    added_at       TEXT NOT NULL
);
