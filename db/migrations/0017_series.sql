CREATE TABLE "skips" (
	"practice_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"by" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"band" text NOT NULL,
	"counted" boolean NOT NULL,
	"refund" bigint NOT NULL,
	"fee" bigint NOT NULL,
	"decide_by" timestamp (3) with time zone,
	"decision" text,
	"decided_at" timestamp (3) with time zone,
	"made_up_at" timestamp (3) with time zone,
	CONSTRAINT "skips_practice_id_appointment_id_pk" PRIMARY KEY("practice_id","appointment_id"),
	CONSTRAINT "skips_by" CHECK ("skips"."by" in ('client', 'practice')),
	CONSTRAINT "skips_amounts" CHECK ("skips"."refund" >= 0 and "skips"."fee" >= 0),
	CONSTRAINT "skips_decision" CHECK ("skips"."decision" in ('keep', 'waive', 'lapse')),
	CONSTRAINT "skips_decided" CHECK (("skips"."decision" is null) = ("skips"."decided_at" is null))
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "every" smallint;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "open_ended" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "dues" ADD COLUMN "appointment_id" uuid;--> statement-breakpoint
ALTER TABLE "skips" ADD CONSTRAINT "skips_practice_id_appointment_id_appointments_practice_id_id_fk" FOREIGN KEY ("practice_id","appointment_id") REFERENCES "public"."appointments"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skips" ADD CONSTRAINT "skips_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "skips_booking" ON "skips" USING btree ("practice_id","booking_id");--> statement-breakpoint
CREATE INDEX "skips_undecided" ON "skips" USING btree ("practice_id","decide_by") WHERE "skips"."decide_by" is not null and "skips"."decision" is null;--> statement-breakpoint
ALTER TABLE "dues" ADD CONSTRAINT "dues_practice_id_appointment_id_appointments_practice_id_id_fk" FOREIGN KEY ("practice_id","appointment_id") REFERENCES "public"."appointments"("practice_id","id") ON DELETE no action ON UPDATE no action;