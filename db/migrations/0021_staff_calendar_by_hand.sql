-- What is kept for a proposal, and where a therapist is, change the times that are offered.
CREATE TRIGGER kept_times_raises AFTER INSERT OR UPDATE OR DELETE ON "kept_times"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('resource_id');--> statement-breakpoint
CREATE TRIGGER travels_raises AFTER INSERT OR UPDATE OR DELETE ON "travels"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('resource_id');--> statement-breakpoint

-- Two travels of one therapist never overlap: on each day they are in one place.
ALTER TABLE "travels" ADD CONSTRAINT "travels_once" EXCLUDE USING gist
  ("practice_id" WITH =, "resource_id" WITH =, daterange("first_day", "last_day", '[]') WITH &&);--> statement-breakpoint
CREATE INDEX "kept_times_during" ON "kept_times" USING gist ("practice_id", "resource_id", "during");
