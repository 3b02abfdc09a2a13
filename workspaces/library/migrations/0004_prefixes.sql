-- What was put before the texts of a space when they were embedded, and so must be for as long as it
-- is there. Spaces from before Quire knew of prefixes have none, and stay consistent without.
ALTER TABLE spaces ADD COLUMN question_prefix TEXT NOT NULL DEFAULT '';
ALTER TABLE spaces ADD COLUMN passage_prefix TEXT NOT NULL DEFAULT '';

-- How many passages an embedder does not know the language of is told without reading any vector.
CREATE INDEX vectors_of_none ON vectors (space, numbers) WHERE numbers IS NULL;

-- Every embedder used to be taken for one of Latin letters: what another one than that which comes
-- along was never asked about, it is asked about now.
DELETE FROM vectors WHERE numbers IS NULL AND space IN (SELECT id FROM spaces WHERE folder <> '');
