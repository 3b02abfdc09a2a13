-- How each answer came by its passages: JSON of core.types.Explanation, NULL for older turns.
ALTER TABLE turns ADD COLUMN explanation TEXT;
