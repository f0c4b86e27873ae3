ALTER TABLE "people" ADD COLUMN "calendar_title" "bytea";--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "invitation" text;--> statement-breakpoint
CREATE INDEX "messages_invitation" ON "messages" USING btree ("practice_id","subject_id","person_id") WHERE "messages"."invitation" is not null;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_erased_has_no_title" CHECK ("people"."data_key" is not null or "people"."calendar_title" is null);--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_invitation" CHECK ("messages"."invitation" in ('REQUEST', 'CANCEL'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_invitation_sent" CHECK ("messages"."invitation" is null or "messages"."state" = 'sent');