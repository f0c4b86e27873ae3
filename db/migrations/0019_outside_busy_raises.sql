-- Busy times from outside come and go by the hundred: each statement raises the number of a therapist's slots once.
CREATE FUNCTION raise_calendar_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO calendar_revisions (practice_id, resource_id, revision)
    SELECT DISTINCT practice_id, resource_id, 1 FROM changed ORDER BY practice_id, resource_id
    ON CONFLICT (practice_id, resource_id) DO UPDATE SET revision = calendar_revisions.revision + 1;
  RETURN NULL;
END $$;--> statement-breakpoint

CREATE TRIGGER outside_busy_raises_added AFTER INSERT ON "outside_busy" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION raise_calendar_revisions();--> statement-breakpoint
CREATE TRIGGER outside_busy_raises_removed AFTER DELETE ON "outside_busy" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION raise_calendar_revisions();
