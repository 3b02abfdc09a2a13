-- Documents and where each stands in its import. A row is committed before any work on it starts.
CREATE TABLE documents (
    id             TEXT PRIMARY KEY,
    name           TEXT NOT NULL,
    path           TEXT NOT NULL,             -- where it was offered from; never opened as ours
    state          TEXT NOT NULL,             -- core.types.DocumentState
    kind           TEXT NOT NULL DEFAULT '',  -- text, markdown, html, pdf, docx; '' before admission
    sha256         TEXT NOT NULL DEFAULT '',
    size           INTEGER NOT NULL DEFAULT 0,
    pages          INTEGER,
    silent_pages   TEXT NOT NULL DEFAULT '[]',-- JSON: pages without text
    reason         TEXT,                      -- code of core.reasons.SENTENCES
    details        TEXT NOT NULL DEFAULT '{}',-- JSON: what the sentence needs
    twin           TEXT,                      -- the document with the same content
    falls          INTEGER NOT NULL DEFAULT 0,-- how often a child died over it
    added_at       TEXT NOT NULL
);
CREATE INDEX documents_by_content ON documents (sha256) WHERE sha256 <> '';
CREATE INDEX documents_by_state ON documents (state);

-- The truth the search index is derived from: text and vector of every passage.
CREATE TABLE passages (
    id             TEXT PRIMARY KEY,
    document       TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal        INTEGER NOT NULL,
    start          INTEGER NOT NULL,          -- offsets in the stored text, in code points
    "end"          INTEGER NOT NULL,
    text           TEXT NOT NULL,
    page           INTEGER,
    heading        TEXT NOT NULL DEFAULT '[]',-- JSON: path of headings
    embedded       INTEGER NOT NULL DEFAULT 0,-- 1 once the embedder has seen it
    vector         BLOB,                      -- float16; NULL where the embedder does not know the language
    UNIQUE (document, ordinal)
);
CREATE INDEX passages_to_embed ON passages (document) WHERE embedded = 0;

CREATE TABLE conversations (
    id             TEXT PRIMARY KEY,
    title          TEXT NOT NULL DEFAULT '',
    asked_at       TEXT NOT NULL
);

CREATE TABLE turns (
    id             TEXT PRIMARY KEY,
    conversation   TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    ordinal        INTEGER NOT NULL,
    question       TEXT NOT NULL,
    answer         TEXT NOT NULL,
    ending         TEXT NOT NULL,             -- core.types.Ending
    model          TEXT NOT NULL,
    asked_at       TEXT NOT NULL,
    note           TEXT,                      -- code of core.reasons.SENTENCES
    details        TEXT NOT NULL DEFAULT '{}',
    UNIQUE (conversation, ordinal)
);

-- A source keeps its own copy of the passage: what was cited stays readable after a deletion.
CREATE TABLE sources (
    turn           TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    mark           INTEGER NOT NULL,
    passage        TEXT NOT NULL,
    document       TEXT NOT NULL,
    name           TEXT NOT NULL,
    text           TEXT NOT NULL,
    start          INTEGER NOT NULL,
    "end"          INTEGER NOT NULL,
    page           INTEGER,
    heading        TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (turn, mark)
);
