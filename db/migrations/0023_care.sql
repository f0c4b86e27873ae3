ALTER TABLE "bookings" ADD COLUMN "second_therapist_id" uuid;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "care" jsonb;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "oftener" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_practice_id_second_therapist_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","second_therapist_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_two_therapists" CHECK ("bookings"."second_therapist_id" <> "bookings"."therapist_id");