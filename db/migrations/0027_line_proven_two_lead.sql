ALTER TABLE "editions" ADD COLUMN "second_therapist_id" uuid;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD COLUMN "proven_at" timestamp (3) with time zone;--> statement-breakpoint
-- Who waited before is not asked again.
UPDATE "waitlist_entries" SET "proven_at" = "created_at";--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_practice_id_second_therapist_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","second_therapist_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_two_therapists" CHECK ("editions"."second_therapist_id" <> "editions"."therapist_id");--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_proven_at" CHECK ("waitlist_entries"."proven_at" is not null or ("waitlist_entries"."state" not in ('offered', 'accepted') and "waitlist_entries"."approved_at" is null));