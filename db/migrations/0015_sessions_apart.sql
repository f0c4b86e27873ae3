ALTER TABLE "appointments" ADD COLUMN "price" bigint;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_price" CHECK ("appointments"."price" >= 0);