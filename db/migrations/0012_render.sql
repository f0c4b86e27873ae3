ALTER TABLE "messages" ADD COLUMN "invitation" text;--> statement-breakpoint
CREATE INDEX "messages_invitation" ON "messages" USING btree ("practice_id","subject_id","person_id") WHERE "messages"."invitation" is not null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_invitation" CHECK ("messages"."invitation" in ('REQUEST', 'CANCEL'));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_invitation_sent" CHECK ("messages"."invitation" is null or "messages"."state" = 'sent');