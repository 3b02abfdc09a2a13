-- Of each answer: what writing it took and what the model was asked with (JSON of core.types.Usage and
-- Budget, NULL where no model wrote it), and the model's own words where the answer has them corrected.
ALTER TABLE turns ADD COLUMN usage TEXT;
ALTER TABLE turns ADD COLUMN budget TEXT;
ALTER TABLE turns ADD COLUMN written TEXT NOT NULL DEFAULT '';
