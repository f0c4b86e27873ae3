-- Hand-read. The extension stands first: an index over a uuid and a range needs it.
CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE TABLE "exceptions" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"date" date NOT NULL,
	"from_minute" smallint,
	"to_minute" smallint,
	CONSTRAINT "exceptions_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "exceptions_both_or_neither" CHECK (("exceptions"."from_minute" is null) = ("exceptions"."to_minute" is null)),
	CONSTRAINT "exceptions_minutes" CHECK (0 <= "exceptions"."from_minute" and "exceptions"."from_minute" < "exceptions"."to_minute" and "exceptions"."to_minute" <= 1440)
);
--> statement-breakpoint
CREATE TABLE "occupancy" (
	"practice_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	CONSTRAINT "occupancy_practice_id_appointment_id_resource_id_pk" PRIMARY KEY("practice_id","appointment_id","resource_id"),
	CONSTRAINT "occupancy_not_empty" CHECK (not isempty("occupancy"."during")),
	CONSTRAINT "occupancy_bounded" CHECK (not lower_inf("occupancy"."during") and not upper_inf("occupancy"."during"))
);
--> statement-breakpoint
CREATE TABLE "opening_hours" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"days" smallint[] NOT NULL,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	"place_id" uuid,
	"session_types" uuid[],
	"valid_from" date,
	"valid_to" date,
	CONSTRAINT "opening_hours_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "opening_hours_days" CHECK (cardinality("opening_hours"."days") > 0 and "opening_hours"."days" <@ array[1,2,3,4,5,6,7]::smallint[]),
	CONSTRAINT "opening_hours_minutes" CHECK (0 <= "opening_hours"."from_minute" and "opening_hours"."from_minute" < "opening_hours"."to_minute" and "opening_hours"."to_minute" <= 1440),
	CONSTRAINT "opening_hours_validity" CHECK ("opening_hours"."valid_from" <= "opening_hours"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "opening_plans" (
	"practice_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "opening_plans_practice_id_resource_id_pk" PRIMARY KEY("practice_id","resource_id")
);
--> statement-breakpoint
CREATE TABLE "time_off" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "time_off_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "time_off_not_empty" CHECK (not isempty("time_off"."during")),
	CONSTRAINT "time_off_bounded" CHECK (not lower_inf("time_off"."during") and not upper_inf("time_off"."during"))
);
--> statement-breakpoint
CREATE TABLE "acceptances" (
	"practice_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"by" text NOT NULL,
	"deadline" timestamp (3) with time zone NOT NULL,
	"answer" text,
	"at" timestamp (3) with time zone,
	CONSTRAINT "acceptances_practice_id_booking_id_by_pk" PRIMARY KEY("practice_id","booking_id","by"),
	CONSTRAINT "acceptances_answer" CHECK ("acceptances"."answer" in ('accept', 'other_time', 'decline')),
	CONSTRAINT "acceptances_answered_at" CHECK (("acceptances"."answer" is null) = ("acceptances"."at" is null))
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"booking_id" uuid,
	"edition_id" uuid,
	"ordinal" smallint NOT NULL,
	"who" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"zone" text NOT NULL,
	"place_id" uuid NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "appointments_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "appointments_booking_ordinal" UNIQUE("practice_id","booking_id","ordinal"),
	CONSTRAINT "appointments_edition_ordinal" UNIQUE("practice_id","edition_id","ordinal"),
	CONSTRAINT "appointments_of_one_thing" CHECK (num_nonnulls("appointments"."booking_id", "appointments"."edition_id") = 1),
	CONSTRAINT "appointments_ends_after_start" CHECK ("appointments"."ends_at" > "appointments"."starts_at"),
	CONSTRAINT "appointments_who" CHECK ("appointments"."who" in ('both', 'first', 'second', 'nobody')),
	CONSTRAINT "appointments_state" CHECK ("appointments"."state" in ('planned', 'done', 'skipped', 'cancelled', 'missed'))
);
--> statement-breakpoint
CREATE TABLE "bookings" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"booker_id" uuid NOT NULL,
	"session_type_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"edition_id" uuid,
	"therapist_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"hold_until" timestamp (3) with time zone,
	"at_risk_since" timestamp (3) with time zone,
	"paused_from" timestamp (3) with time zone,
	"price" bigint NOT NULL,
	"currency" text NOT NULL,
	"terms_version" integer NOT NULL,
	"consented_at" timestamp (3) with time zone NOT NULL,
	"row_version" integer NOT NULL,
	CONSTRAINT "bookings_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "bookings_state" CHECK ("bookings"."state" in ('requested', 'held', 'releasing', 'confirmed', 'completed', 'no_show', 'declined', 'expired', 'cancelled')),
	CONSTRAINT "bookings_held_until" CHECK ("bookings"."state" not in ('held', 'releasing') or "bookings"."hold_until" is not null),
	CONSTRAINT "bookings_confirmed_at" CHECK ("bookings"."state" not in ('confirmed', 'completed', 'no_show') or "bookings"."confirmed_at" is not null),
	CONSTRAINT "bookings_ended_at" CHECK (("bookings"."state" in ('declined', 'expired', 'cancelled')) = ("bookings"."ended_at" is not null)),
	CONSTRAINT "bookings_price" CHECK ("bookings"."price" >= 0),
	CONSTRAINT "bookings_currency" CHECK ("bookings"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "participants" (
	"practice_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"uid" text NOT NULL,
	"sequence" integer NOT NULL,
	"revised_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"response" text NOT NULL,
	"attendance" text,
	CONSTRAINT "participants_practice_id_appointment_id_person_id_pk" PRIMARY KEY("practice_id","appointment_id","person_id"),
	CONSTRAINT "participants_uid" UNIQUE("practice_id","uid"),
	CONSTRAINT "participants_sequence" CHECK ("participants"."sequence" >= 0),
	CONSTRAINT "participants_response" CHECK ("participants"."response" in ('needs_action', 'accepted', 'declined', 'tentative')),
	CONSTRAINT "participants_attendance" CHECK ("participants"."attendance" in ('attended', 'absent'))
);
--> statement-breakpoint
CREATE TABLE "editions" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_type_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"min" integer NOT NULL,
	"max" integer NOT NULL,
	"go_no_go_on" date NOT NULL,
	"place_id" uuid NOT NULL,
	CONSTRAINT "editions_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "editions_capacity" CHECK (0 < "editions"."min" and "editions"."min" <= "editions"."max"),
	CONSTRAINT "editions_state" CHECK ("editions"."state" in ('draft', 'open', 'full', 'closed', 'running', 'done', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "offerings" (
	"practice_id" uuid NOT NULL,
	"session_type_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	CONSTRAINT "offerings_practice_id_session_type_id_resource_id_place_id_pk" PRIMARY KEY("practice_id","session_type_id","resource_id","place_id")
);
--> statement-breakpoint
CREATE TABLE "places" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"room_id" uuid,
	"address" text,
	"link" text,
	CONSTRAINT "places_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "places_slug" UNIQUE("practice_id","slug"),
	CONSTRAINT "places_slug_form" CHECK ("places"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"person_id" uuid,
	"zone" text NOT NULL,
	CONSTRAINT "resources_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "resources_slug" UNIQUE("practice_id","slug"),
	CONSTRAINT "resources_kind" UNIQUE("practice_id","id","kind"),
	CONSTRAINT "resources_kind_known" CHECK ("resources"."kind" in ('therapist', 'room')),
	CONSTRAINT "resources_therapist_is_a_person" CHECK (("resources"."kind" = 'therapist') = ("resources"."person_id" is not null)),
	CONSTRAINT "resources_slug_form" CHECK ("resources"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "session_type_versions" (
	"practice_id" uuid NOT NULL,
	"session_type_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"plan" jsonb NOT NULL,
	"price" bigint NOT NULL,
	"currency" text NOT NULL,
	"policy" jsonb NOT NULL,
	"rules" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "session_type_versions_practice_id_session_type_id_version_pk" PRIMARY KEY("practice_id","session_type_id","version"),
	CONSTRAINT "session_type_versions_version" CHECK ("session_type_versions"."version" > 0),
	CONSTRAINT "session_type_versions_price" CHECK ("session_type_versions"."price" >= 0),
	CONSTRAINT "session_type_versions_currency" CHECK ("session_type_versions"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "session_types" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"kind" text NOT NULL,
	"public" boolean NOT NULL,
	"position" integer NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "session_types_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "session_types_slug" UNIQUE("practice_id","slug"),
	CONSTRAINT "session_types_kind" CHECK ("session_types"."kind" in ('consultation', 'individual', 'couples', 'weekly', 'intensive', 'retreat', 'programme')),
	CONSTRAINT "session_types_slug_form" CHECK ("session_types"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"confirmation" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "clients_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "clients_id_kind" UNIQUE("practice_id","id","kind"),
	CONSTRAINT "clients_kind" CHECK ("clients"."kind" in ('individual', 'couple')),
	CONSTRAINT "clients_confirmation" CHECK ("clients"."confirmation" in ('usual', 'by_hand'))
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"document" text NOT NULL,
	"version" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "consents_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "consents_hash_length" CHECK (octet_length("consents"."hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"practice_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"number" smallint NOT NULL,
	"left_at" timestamp (3) with time zone,
	CONSTRAINT "memberships_practice_id_client_id_person_id_joined_at_pk" PRIMARY KEY("practice_id","client_id","person_id","joined_at"),
	CONSTRAINT "memberships_two_at_most" CHECK ("memberships"."number" in (1, 2) and ("memberships"."kind" = 'couple' or "memberships"."number" = 1)),
	CONSTRAINT "memberships_left_after_joining" CHECK ("memberships"."left_at" >= "memberships"."joined_at")
);
--> statement-breakpoint
CREATE TABLE "codes" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"person_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"code" "bytea" NOT NULL,
	"tries" smallint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "codes_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "codes_tries" CHECK ("codes"."tries" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "contact_points" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" "bytea" NOT NULL,
	"lookup" "bytea" NOT NULL,
	"proven_at" timestamp (3) with time zone,
	"shared_mailbox" boolean NOT NULL,
	CONSTRAINT "contact_points_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "contact_points_kind" CHECK ("contact_points"."kind" in ('email', 'phone')),
	CONSTRAINT "contact_points_lookup_length" CHECK (octet_length("contact_points"."lookup") = 32)
);
--> statement-breakpoint
CREATE TABLE "links" (
	"practice_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"purpose" text NOT NULL,
	"person_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "links_practice_id_token_hash_pk" PRIMARY KEY("practice_id","token_hash"),
	CONSTRAINT "links_purpose" CHECK ("links"."purpose" in ('booking_answer', 'booking_mail')),
	CONSTRAINT "links_token_hash_length" CHECK (octet_length("links"."token_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "people" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" "bytea",
	"zone" text NOT NULL,
	"wording" text NOT NULL,
	"calendar_choice" text NOT NULL,
	"proven_at" timestamp (3) with time zone,
	"legal_hold" boolean NOT NULL,
	"data_key" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "people_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "people_wording" CHECK ("people"."wording" in ('discreet', 'plain')),
	CONSTRAINT "people_calendar_choice" CHECK ("people"."calendar_choice" in ('invitation', 'file', 'nothing')),
	CONSTRAINT "people_erased_has_no_name" CHECK ("people"."data_key" is not null or "people"."name" is null)
);
--> statement-breakpoint
CREATE TABLE "practices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"hosts" text[] NOT NULL,
	"links_host" text,
	"name" text NOT NULL,
	"discreet_name" text NOT NULL,
	"zone" text NOT NULL,
	"currency" text NOT NULL,
	"policies" jsonb NOT NULL,
	"terms_version" integer NOT NULL,
	CONSTRAINT "practices_currency" CHECK ("practices"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "practices_terms_version" CHECK ("practices"."terms_version" > 0)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"family" uuid NOT NULL,
	"kind" text NOT NULL,
	"refresh_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"family_ends_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"device" text,
	CONSTRAINT "sessions_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "sessions_refresh_hash" UNIQUE("practice_id","refresh_hash"),
	CONSTRAINT "sessions_kind" CHECK ("sessions"."kind" in ('staff', 'person')),
	CONSTRAINT "sessions_expiry" CHECK ("sessions"."expires_at" <= "sessions"."family_ends_at")
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"practice_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"roles" text[] NOT NULL,
	"password_hash" text NOT NULL,
	"second_factor" jsonb,
	"active" boolean NOT NULL,
	CONSTRAINT "staff_practice_id_person_id_pk" PRIMARY KEY("practice_id","person_id"),
	CONSTRAINT "staff_roles" CHECK (cardinality("staff"."roles") > 0 and "staff"."roles" <@ array['owner', 'therapist', 'assistant', 'billing'])
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"kind" text NOT NULL,
	"subjects" uuid[] NOT NULL,
	"why" text,
	CONSTRAINT "audit_practice_id_id_pk" PRIMARY KEY("practice_id","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"kind" text NOT NULL,
	"subjects" jsonb NOT NULL,
	CONSTRAINT "events_practice_id_id_pk" PRIMARY KEY("practice_id","id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"template" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"state" text NOT NULL,
	"tries" smallint NOT NULL,
	"message_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "messages_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "messages_cause" UNIQUE("practice_id","cause"),
	CONSTRAINT "messages_state" CHECK ("messages"."state" in ('waiting', 'sending', 'sent', 'failed')),
	CONSTRAINT "messages_sent_at" CHECK (("messages"."state" = 'sent') = ("messages"."sent_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"due_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"state" text NOT NULL,
	"checkout_id" text,
	"payment_id" text,
	"url" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"code" text,
	CONSTRAINT "attempts_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "attempts_number" UNIQUE("practice_id","due_id","number"),
	CONSTRAINT "attempts_idempotency_key" UNIQUE("practice_id","idempotency_key"),
	CONSTRAINT "attempts_checkout" UNIQUE("practice_id","checkout_id"),
	CONSTRAINT "attempts_payment" UNIQUE("practice_id","payment_id"),
	CONSTRAINT "attempts_kind" CHECK ("attempts"."kind" in ('checkout', 'off_session')),
	CONSTRAINT "attempts_state" CHECK ("attempts"."state" in ('created', 'submitted', 'requires_action', 'authorised', 'succeeded', 'failed', 'cancelled', 'unknown')),
	CONSTRAINT "attempts_succeeded_has_payment" CHECK ("attempts"."state" <> 'succeeded' or "attempts"."payment_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "dues" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"payer_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"required_to_confirm" boolean NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "dues_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "dues_currency" UNIQUE("practice_id","id","currency"),
	CONSTRAINT "dues_amount" CHECK ("dues"."amount" > 0),
	CONSTRAINT "dues_reason" CHECK ("dues"."reason" in ('full', 'deposit', 'balance', 'session', 'package', 'share', 'late_fee', 'no_show_fee', 'instalment')),
	CONSTRAINT "dues_state" CHECK ("dues"."state" in ('scheduled', 'open', 'processing', 'paid', 'past_due', 'waived', 'void'))
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"due_id" uuid NOT NULL,
	"payer_id" uuid NOT NULL,
	"entry" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"stripe_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "ledger_once" UNIQUE("practice_id","entry","stripe_id"),
	CONSTRAINT "ledger_entry" CHECK ("ledger"."entry" in ('charge', 'refund', 'refund_failed', 'dispute_out', 'dispute_in', 'credit_issue', 'credit_use', 'waiver', 'manual')),
	CONSTRAINT "ledger_sign" CHECK (("ledger"."entry" <> 'charge' or "ledger"."amount" > 0) and ("ledger"."entry" <> 'refund' or "ledger"."amount" < 0)),
	CONSTRAINT "ledger_stripe_id" CHECK ("ledger"."stripe_id" is not null or "ledger"."entry" not in ('charge', 'refund', 'refund_failed', 'dispute_out', 'dispute_in'))
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"key" text NOT NULL,
	"stripe_id" text,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refunds_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "refunds_key" UNIQUE("practice_id","key"),
	CONSTRAINT "refunds_stripe" UNIQUE("practice_id","stripe_id"),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount" > 0),
	CONSTRAINT "refunds_state" CHECK ("refunds"."state" in ('requested', 'submitted', 'pending', 'succeeded', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "stripe_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"object_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"processed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_practice_id_appointment_id_appointments_practice_id_id_fk" FOREIGN KEY ("practice_id","appointment_id") REFERENCES "public"."appointments"("practice_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_hours" ADD CONSTRAINT "opening_hours_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_hours" ADD CONSTRAINT "opening_hours_practice_id_place_id_places_practice_id_id_fk" FOREIGN KEY ("practice_id","place_id") REFERENCES "public"."places"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_plans" ADD CONSTRAINT "opening_plans_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptances" ADD CONSTRAINT "acceptances_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_practice_id_edition_id_editions_practice_id_id_fk" FOREIGN KEY ("practice_id","edition_id") REFERENCES "public"."editions"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_practice_id_place_id_places_practice_id_id_fk" FOREIGN KEY ("practice_id","place_id") REFERENCES "public"."places"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_practice_id_booker_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","booker_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_practice_id_session_type_id_version_session_type_versions_practice_id_session_type_id_version_fk" FOREIGN KEY ("practice_id","session_type_id","version") REFERENCES "public"."session_type_versions"("practice_id","session_type_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_practice_id_edition_id_editions_practice_id_id_fk" FOREIGN KEY ("practice_id","edition_id") REFERENCES "public"."editions"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_practice_id_therapist_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","therapist_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_practice_id_place_id_places_practice_id_id_fk" FOREIGN KEY ("practice_id","place_id") REFERENCES "public"."places"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_practice_id_appointment_id_appointments_practice_id_id_fk" FOREIGN KEY ("practice_id","appointment_id") REFERENCES "public"."appointments"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_practice_id_session_type_id_version_session_type_versions_practice_id_session_type_id_version_fk" FOREIGN KEY ("practice_id","session_type_id","version") REFERENCES "public"."session_type_versions"("practice_id","session_type_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_practice_id_place_id_places_practice_id_id_fk" FOREIGN KEY ("practice_id","place_id") REFERENCES "public"."places"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_practice_id_session_type_id_session_types_practice_id_id_fk" FOREIGN KEY ("practice_id","session_type_id") REFERENCES "public"."session_types"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_practice_id_place_id_places_practice_id_id_fk" FOREIGN KEY ("practice_id","place_id") REFERENCES "public"."places"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_practice_id_room_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","room_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_type_versions" ADD CONSTRAINT "session_type_versions_practice_id_session_type_id_session_types_practice_id_id_fk" FOREIGN KEY ("practice_id","session_type_id") REFERENCES "public"."session_types"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_types" ADD CONSTRAINT "session_types_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_practice_id_client_id_kind_clients_practice_id_id_kind_fk" FOREIGN KEY ("practice_id","client_id","kind") REFERENCES "public"."clients"("practice_id","id","kind") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_points" ADD CONSTRAINT "contact_points_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_practice_id_due_id_dues_practice_id_id_fk" FOREIGN KEY ("practice_id","due_id") REFERENCES "public"."dues"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dues" ADD CONSTRAINT "dues_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dues" ADD CONSTRAINT "dues_practice_id_payer_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","payer_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_practice_id_due_id_currency_dues_practice_id_id_currency_fk" FOREIGN KEY ("practice_id","due_id","currency") REFERENCES "public"."dues"("practice_id","id","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_practice_id_payer_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","payer_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_practice_id_attempt_id_attempts_practice_id_id_fk" FOREIGN KEY ("practice_id","attempt_id") REFERENCES "public"."attempts"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exceptions_resource" ON "exceptions" USING btree ("practice_id","resource_id","date");--> statement-breakpoint
CREATE INDEX "opening_hours_resource" ON "opening_hours" USING btree ("practice_id","resource_id");--> statement-breakpoint
CREATE INDEX "time_off_during" ON "time_off" USING gist ("practice_id","resource_id","during");--> statement-breakpoint
CREATE INDEX "acceptances_open" ON "acceptances" USING btree ("practice_id","deadline") WHERE "acceptances"."answer" is null;--> statement-breakpoint
CREATE INDEX "appointments_starts_at" ON "appointments" USING btree ("practice_id","starts_at");--> statement-breakpoint
CREATE INDEX "bookings_due" ON "bookings" USING btree ("practice_id","hold_until") WHERE "bookings"."state" in ('held', 'releasing');--> statement-breakpoint
CREATE INDEX "bookings_client" ON "bookings" USING btree ("practice_id","client_id");--> statement-breakpoint
CREATE INDEX "participants_person" ON "participants" USING btree ("practice_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_number" ON "memberships" USING btree ("practice_id","client_id","number") WHERE "memberships"."left_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_person" ON "memberships" USING btree ("practice_id","client_id","person_id") WHERE "memberships"."left_at" is null;--> statement-breakpoint
CREATE INDEX "codes_subject" ON "codes" USING btree ("practice_id","subject_id","purpose");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_points_proven" ON "contact_points" USING btree ("practice_id","lookup") WHERE "contact_points"."proven_at" is not null;--> statement-breakpoint
CREATE INDEX "contact_points_person" ON "contact_points" USING btree ("practice_id","person_id");--> statement-breakpoint
CREATE INDEX "contact_points_lookup" ON "contact_points" USING btree ("practice_id","lookup");--> statement-breakpoint
CREATE INDEX "links_subject" ON "links" USING btree ("practice_id","subject_id");--> statement-breakpoint
CREATE INDEX "sessions_family" ON "sessions" USING btree ("practice_id","family");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("practice_id","at");--> statement-breakpoint
CREATE INDEX "events_kind" ON "events" USING btree ("practice_id","kind","at");--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("practice_id","due_at") WHERE "messages"."state" in ('waiting', 'sending');--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_one_live" ON "attempts" USING btree ("practice_id","due_id") WHERE "attempts"."state" in ('created', 'submitted', 'requires_action', 'authorised', 'unknown');--> statement-breakpoint
CREATE INDEX "dues_booking" ON "dues" USING btree ("practice_id","booking_id");--> statement-breakpoint
CREATE INDEX "ledger_due" ON "ledger" USING btree ("practice_id","due_id");