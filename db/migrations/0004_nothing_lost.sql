CREATE TABLE "cancellation_quotes" (
	"practice_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"reader" text NOT NULL,
	"quoted_at" timestamp (3) with time zone NOT NULL,
	"valid_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cancellation_quotes_practice_id_booking_id_reader_pk" PRIMARY KEY("practice_id","booking_id","reader"),
	CONSTRAINT "cancellation_quotes_valid" CHECK ("cancellation_quotes"."valid_until" > "cancellation_quotes"."quoted_at")
);
--> statement-breakpoint
CREATE TABLE "cancellations" (
	"practice_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"by" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"band" text NOT NULL,
	"refund" bigint NOT NULL,
	"fee" bigint NOT NULL,
	CONSTRAINT "cancellations_practice_id_booking_id_pk" PRIMARY KEY("practice_id","booking_id"),
	CONSTRAINT "cancellations_by" CHECK ("cancellations"."by" in ('client', 'practice')),
	CONSTRAINT "cancellations_amounts" CHECK ("cancellations"."refund" >= 0 and "cancellations"."fee" >= 0)
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"actor" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "proposals_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "proposals_by" CHECK ("proposals"."by" in ('client', 'practice')),
	CONSTRAINT "proposals_state" CHECK ("proposals"."state" in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')),
	CONSTRAINT "proposals_answered_at" CHECK (("proposals"."state" = 'open') = ("proposals"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "feeds" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"style" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"changes" bigint NOT NULL,
	"rendered_day" date,
	"rendered_changes" bigint,
	"etag" text,
	"content" "bytea",
	"revised_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "feeds_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "feeds_token_hash" UNIQUE("practice_id","token_hash"),
	CONSTRAINT "feeds_scope" CHECK ("feeds"."scope" in ('therapist', 'client', 'busy')),
	CONSTRAINT "feeds_style" CHECK ("feeds"."style" in ('code', 'initials', 'names')),
	CONSTRAINT "feeds_token_hash_length" CHECK (octet_length("feeds"."token_hash") = 32),
	CONSTRAINT "feeds_rendered" CHECK (num_nonnulls("feeds"."rendered_day", "feeds"."rendered_changes", "feeds"."etag", "feeds"."content") in (0, 4))
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"practice_id" uuid NOT NULL,
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"state" text NOT NULL,
	"running_until" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"answer" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_practice_id_actor_key_pk" PRIMARY KEY("practice_id","actor","key"),
	CONSTRAINT "idempotency_keys_state" CHECK ("idempotency_keys"."state" in ('running', 'answered')),
	CONSTRAINT "idempotency_keys_answered" CHECK (("idempotency_keys"."state" = 'answered') = ("idempotency_keys"."status" is not null and "idempotency_keys"."answer" is not null))
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" integer PRIMARY KEY NOT NULL,
	"mark" text NOT NULL,
	"confirmed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "installation_one_row" CHECK ("installation"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "key_sentinels" (
	"key_id" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "moved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "moved_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "browser" "bytea";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "address" "bytea";--> statement-breakpoint
ALTER TABLE "cancellation_quotes" ADD CONSTRAINT "cancellation_quotes_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_practice_id_appointment_id_appointments_practice_id_id_fk" FOREIGN KEY ("practice_id","appointment_id") REFERENCES "public"."appointments"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feeds" ADD CONSTRAINT "feeds_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_one_open" ON "proposals" USING btree ("practice_id","appointment_id") WHERE "proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "proposals_due" ON "proposals" USING btree ("practice_id","expires_at") WHERE "proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "feeds_person" ON "feeds" USING btree ("practice_id","person_id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_expires" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "bookings_browser" ON "bookings" USING btree ("practice_id","browser") WHERE "bookings"."browser" is not null;--> statement-breakpoint
CREATE INDEX "bookings_address" ON "bookings" USING btree ("practice_id","address") WHERE "bookings"."address" is not null;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_moved" CHECK (("appointments"."moved_at" is null) = ("appointments"."moved_from" is null));