ALTER TABLE "bookings" ADD COLUMN "by_practice" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "private_proposals" ADD COLUMN "spoken_with_each" boolean DEFAULT false NOT NULL;