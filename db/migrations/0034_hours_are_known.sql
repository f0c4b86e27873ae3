-- Hours, days that differ and travels change as seldom as who offers what: they raise the number of the practice's catalogue,
-- so that a booking need not read them again where it is still the same. Only what is taken raises a resource's own.
DROP TRIGGER opening_hours_raises ON "opening_hours";--> statement-breakpoint
DROP TRIGGER exceptions_raises ON "exceptions";--> statement-breakpoint
DROP TRIGGER travels_raises ON "travels";--> statement-breakpoint
CREATE TRIGGER opening_hours_raises AFTER INSERT OR UPDATE OR DELETE ON "opening_hours"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('none');--> statement-breakpoint
CREATE TRIGGER exceptions_raises AFTER INSERT OR UPDATE OR DELETE ON "exceptions"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('none');--> statement-breakpoint
CREATE TRIGGER travels_raises AFTER INSERT OR UPDATE OR DELETE ON "travels"
  FOR EACH ROW EXECUTE FUNCTION raise_calendar_revision('none');
