-- Whatever a slot list is made of raises a number in the transaction that changes it.
CREATE FUNCTION raise_calendar_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed record := coalesce(NEW, OLD);
  resource uuid := coalesce((to_jsonb(changed) ->> TG_ARGV[0])::uuid, changed.practice_id);
BEGIN
  INSERT INTO calendar_revisions (practice_id, resource_id, revision) VALUES (changed.practice_id, resource, 1)
    ON CONFLICT (practice_id, resource_id) DO UPDATE SET revision = calendar_revisions.revision + 1;
  RETURN NULL;
END $$;--> statement-breakpoint

CREATE TRIGGER occupancy_raises AFTER INSERT OR UPDATE OR DELETE ON "occupancy"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('resource_id');--> statement-breakpoint
CREATE TRIGGER time_off_raises AFTER INSERT OR UPDATE OR DELETE ON "time_off"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('resource_id');--> statement-breakpoint
CREATE TRIGGER opening_hours_raises AFTER INSERT OR UPDATE OR DELETE ON "opening_hours"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('resource_id');--> statement-breakpoint
CREATE TRIGGER exceptions_raises AFTER INSERT OR UPDATE OR DELETE ON "exceptions"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('resource_id');--> statement-breakpoint

CREATE TRIGGER session_types_raises AFTER INSERT OR UPDATE OR DELETE ON "session_types"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('none');--> statement-breakpoint
CREATE TRIGGER session_type_versions_raises AFTER INSERT ON "session_type_versions"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('none');--> statement-breakpoint
CREATE TRIGGER offerings_raises AFTER INSERT OR UPDATE OR DELETE ON "offerings"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('none');--> statement-breakpoint
CREATE TRIGGER resources_raises AFTER INSERT OR UPDATE OR DELETE ON "resources"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('none');--> statement-breakpoint
CREATE TRIGGER places_raises AFTER INSERT OR UPDATE OR DELETE ON "places"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('none');
