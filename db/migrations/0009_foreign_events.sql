ALTER TABLE "stripe_events" ADD COLUMN "tried_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "stripe_events" ADD COLUMN "foreign" boolean DEFAULT false NOT NULL;