-- What writing each answer took: JSON of core.types.Usage, NULL where no model wrote one to its end.
ALTER TABLE turns ADD COLUMN usage TEXT;
