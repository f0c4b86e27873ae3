-- What only grows is not emptied as a whole either. Row triggers do not hear of TRUNCATE.
CREATE TRIGGER ledger_is_not_emptied BEFORE TRUNCATE ON "ledger"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER session_type_versions_are_not_emptied BEFORE TRUNCATE ON "session_type_versions"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- A session type is in a version that exists. Deferred: the first version is written after its type.
ALTER TABLE "session_types" ADD CONSTRAINT "session_types_version_exists"
  FOREIGN KEY ("practice_id", "id", "version")
  REFERENCES "session_type_versions" ("practice_id", "session_type_id", "version") DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint

ALTER TABLE "codes" ADD CONSTRAINT "codes_purpose" CHECK ("purpose" in ('confirm_booking', 'open_booking'));
