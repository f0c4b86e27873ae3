CREATE TABLE "offers" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "offers_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "offers_state" CHECK ("offers"."state" in ('open', 'accepted', 'lapsed', 'left', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "waitlist_entries" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"edition_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"approved_at" timestamp (3) with time zone,
	"booking_id" uuid,
	"refills_id" uuid,
	"token_hash" "bytea" NOT NULL,
	"link" "bytea" NOT NULL,
	CONSTRAINT "waitlist_entries_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "waitlist_entries_refills" UNIQUE("practice_id","refills_id"),
	CONSTRAINT "waitlist_entries_position" UNIQUE("practice_id","edition_id","position"),
	CONSTRAINT "waitlist_entries_token_hash" UNIQUE("practice_id","token_hash"),
	CONSTRAINT "waitlist_entries_state" CHECK ("waitlist_entries"."state" in ('waiting', 'offered', 'accepted', 'lapsed', 'left')),
	CONSTRAINT "waitlist_entries_ended_at" CHECK (("waitlist_entries"."state" in ('accepted', 'lapsed', 'left')) = ("waitlist_entries"."ended_at" is not null)),
	CONSTRAINT "waitlist_entries_booking" CHECK (("waitlist_entries"."state" = 'accepted') = ("waitlist_entries"."booking_id" is not null)),
	CONSTRAINT "waitlist_entries_token_hash_length" CHECK (octet_length("waitlist_entries"."token_hash") = 32)
);
--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "therapist_id" uuid;--> statement-breakpoint
UPDATE "editions" SET "therapist_id" = (
	SELECT "resources"."id" FROM "appointments"
	JOIN "occupancy" ON "occupancy"."practice_id" = "appointments"."practice_id" AND "occupancy"."appointment_id" = "appointments"."id"
	JOIN "resources" ON "resources"."practice_id" = "occupancy"."practice_id" AND "resources"."id" = "occupancy"."resource_id"
	WHERE "appointments"."practice_id" = "editions"."practice_id" AND "appointments"."edition_id" = "editions"."id" AND "resources"."kind" = 'therapist'
	ORDER BY "resources"."slug" LIMIT 1);--> statement-breakpoint
ALTER TABLE "editions" ALTER COLUMN "therapist_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "decision" text;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "decided_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_practice_id_entry_id_waitlist_entries_practice_id_id_fk" FOREIGN KEY ("practice_id","entry_id") REFERENCES "public"."waitlist_entries"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_practice_id_edition_id_editions_practice_id_id_fk" FOREIGN KEY ("practice_id","edition_id") REFERENCES "public"."editions"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_practice_id_refills_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","refills_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "offers_one_open" ON "offers" USING btree ("practice_id","entry_id") WHERE "offers"."state" = 'open';--> statement-breakpoint
CREATE INDEX "offers_due" ON "offers" USING btree ("practice_id","expires_at") WHERE "offers"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_entries_once" ON "waitlist_entries" USING btree ("practice_id","edition_id","client_id") WHERE "waitlist_entries"."state" in ('waiting', 'offered');--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_practice_id_therapist_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","therapist_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_seat" ON "bookings" USING btree ("practice_id","edition_id","client_id") WHERE "bookings"."edition_id" is not null and "bookings"."state" not in ('declined', 'expired', 'cancelled');--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_decision" CHECK ("editions"."decision" in ('go', 'no_go'));--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_decided" CHECK (("editions"."decision" is null) = ("editions"."decided_at" is null));