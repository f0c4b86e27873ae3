CREATE TABLE "bulk_change_items" (
	"practice_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"choice" text NOT NULL,
	"starts_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	"outcome" text,
	"at" timestamp (3) with time zone,
	CONSTRAINT "bulk_change_items_practice_id_change_id_appointment_id_pk" PRIMARY KEY("practice_id","change_id","appointment_id"),
	CONSTRAINT "bulk_change_items_choice" CHECK ("bulk_change_items"."choice" in ('propose', 'move', 'cancel')),
	CONSTRAINT "bulk_change_items_state" CHECK ("bulk_change_items"."state" in ('waiting', 'done', 'failed')),
	CONSTRAINT "bulk_change_items_start" CHECK (("bulk_change_items"."choice" = 'cancel') = ("bulk_change_items"."starts_at" is null)),
	CONSTRAINT "bulk_change_items_outcome" CHECK (("bulk_change_items"."state" = 'waiting') = ("bulk_change_items"."outcome" is null)),
	CONSTRAINT "bulk_change_items_at" CHECK (("bulk_change_items"."state" = 'waiting') = ("bulk_change_items"."at" is null))
);
--> statement-breakpoint
CREATE TABLE "bulk_changes" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	"by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bulk_changes_practice_id_id_pk" PRIMARY KEY("practice_id","id")
);
--> statement-breakpoint
CREATE TABLE "member_times" (
	"practice_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "member_times_practice_id_person_id_during_pk" PRIMARY KEY("practice_id","person_id","during"),
	CONSTRAINT "member_times_not_empty" CHECK (not isempty("member_times"."during"))
);
--> statement-breakpoint
CREATE TABLE "suits_both_wishes" (
	"practice_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suits_both_wishes_practice_id_client_id_person_id_pk" PRIMARY KEY("practice_id","client_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "kept_times" (
	"practice_id" uuid NOT NULL,
	"proposal_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	CONSTRAINT "kept_times_practice_id_proposal_id_resource_id_during_pk" PRIMARY KEY("practice_id","proposal_id","resource_id","during"),
	CONSTRAINT "kept_times_not_empty" CHECK (not isempty("kept_times"."during"))
);
--> statement-breakpoint
CREATE TABLE "private_proposal_times" (
	"practice_id" uuid NOT NULL,
	"proposal_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "private_proposal_times_practice_id_proposal_id_starts_at_pk" PRIMARY KEY("practice_id","proposal_id","starts_at")
);
--> statement-breakpoint
CREATE TABLE "private_proposals" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"client_id" uuid,
	"session_type_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"therapist_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"price" bigint NOT NULL,
	"currency" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"link" "bytea" NOT NULL,
	"by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"booking_id" uuid,
	CONSTRAINT "private_proposals_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "private_proposals_token_hash" UNIQUE("practice_id","token_hash"),
	CONSTRAINT "private_proposals_price" CHECK ("private_proposals"."price" >= 0),
	CONSTRAINT "private_proposals_currency" CHECK ("private_proposals"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "private_proposals_state" CHECK ("private_proposals"."state" in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')),
	CONSTRAINT "private_proposals_answered_at" CHECK (("private_proposals"."state" = 'open') = ("private_proposals"."answered_at" is null)),
	CONSTRAINT "private_proposals_booking" CHECK (("private_proposals"."state" = 'accepted') = ("private_proposals"."booking_id" is not null)),
	CONSTRAINT "private_proposals_token_hash_length" CHECK (octet_length("private_proposals"."token_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "travels" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"zone" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"keeps" text NOT NULL,
	"video_only" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "travels_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "travels_days" CHECK ("travels"."first_day" <= "travels"."last_day"),
	CONSTRAINT "travels_keeps" CHECK ("travels"."keeps" in ('local', 'home'))
);
--> statement-breakpoint
ALTER TABLE "bulk_change_items" ADD CONSTRAINT "bulk_change_items_practice_id_change_id_bulk_changes_practice_id_id_fk" FOREIGN KEY ("practice_id","change_id") REFERENCES "public"."bulk_changes"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_change_items" ADD CONSTRAINT "bulk_change_items_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_change_items" ADD CONSTRAINT "bulk_change_items_practice_id_appointment_id_appointments_practice_id_id_fk" FOREIGN KEY ("practice_id","appointment_id") REFERENCES "public"."appointments"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_changes" ADD CONSTRAINT "bulk_changes_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_changes" ADD CONSTRAINT "bulk_changes_practice_id_by_people_practice_id_id_fk" FOREIGN KEY ("practice_id","by") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_times" ADD CONSTRAINT "member_times_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suits_both_wishes" ADD CONSTRAINT "suits_both_wishes_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suits_both_wishes" ADD CONSTRAINT "suits_both_wishes_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_times" ADD CONSTRAINT "kept_times_practice_id_proposal_id_private_proposals_practice_id_id_fk" FOREIGN KEY ("practice_id","proposal_id") REFERENCES "public"."private_proposals"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_times" ADD CONSTRAINT "kept_times_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_proposal_times" ADD CONSTRAINT "private_proposal_times_practice_id_proposal_id_private_proposals_practice_id_id_fk" FOREIGN KEY ("practice_id","proposal_id") REFERENCES "public"."private_proposals"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_proposals" ADD CONSTRAINT "private_proposals_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_proposals" ADD CONSTRAINT "private_proposals_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_proposals" ADD CONSTRAINT "private_proposals_practice_id_session_type_id_version_session_type_versions_practice_id_session_type_id_version_fk" FOREIGN KEY ("practice_id","session_type_id","version") REFERENCES "public"."session_type_versions"("practice_id","session_type_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_proposals" ADD CONSTRAINT "private_proposals_practice_id_therapist_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","therapist_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_proposals" ADD CONSTRAINT "private_proposals_practice_id_place_id_places_practice_id_id_fk" FOREIGN KEY ("practice_id","place_id") REFERENCES "public"."places"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_proposals" ADD CONSTRAINT "private_proposals_practice_id_by_people_practice_id_id_fk" FOREIGN KEY ("practice_id","by") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_proposals" ADD CONSTRAINT "private_proposals_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "travels" ADD CONSTRAINT "travels_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_change_items_waiting" ON "bulk_change_items" USING btree ("practice_id","change_id") WHERE "bulk_change_items"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "member_times_given" ON "member_times" USING btree ("given_at");--> statement-breakpoint
CREATE INDEX "kept_times_resource" ON "kept_times" USING btree ("practice_id","resource_id");--> statement-breakpoint
CREATE INDEX "private_proposals_due" ON "private_proposals" USING btree ("practice_id","until") WHERE "private_proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "travels_resource" ON "travels" USING btree ("practice_id","resource_id");