ALTER TABLE "appointments" ADD COLUMN "moves" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_moves" CHECK ("appointments"."moves" >= 0);