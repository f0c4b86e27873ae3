-- What Drizzle cannot write: the calendar truth, and the tables that only grow.
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_once"
  EXCLUDE USING gist ("practice_id" WITH =, "resource_id" WITH =, "during" WITH &&);--> statement-breakpoint

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint

CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE ON "ledger"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON "audit"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER session_type_versions_only_grow BEFORE UPDATE OR DELETE ON "session_type_versions"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
