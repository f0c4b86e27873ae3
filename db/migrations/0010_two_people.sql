CREATE TABLE "acceptance_links" (
	"practice_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"link" "bytea" NOT NULL,
	CONSTRAINT "acceptance_links_practice_id_booking_id_pk" PRIMARY KEY("practice_id","booking_id"),
	CONSTRAINT "acceptance_links_token_hash" UNIQUE("practice_id","token_hash"),
	CONSTRAINT "acceptance_links_token_hash_length" CHECK (octet_length("acceptance_links"."token_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "proposal_answers" (
	"practice_id" uuid NOT NULL,
	"proposal_id" uuid NOT NULL,
	"by" text NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	CONSTRAINT "proposal_answers_practice_id_proposal_id_by_pk" PRIMARY KEY("practice_id","proposal_id","by")
);
--> statement-breakpoint
CREATE TABLE "address_requests" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"carrier_id" uuid NOT NULL,
	"person_id" uuid,
	"told_id" uuid,
	"browser_hash" "bytea" NOT NULL,
	"link" "bytea" NOT NULL,
	"link_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "address_requests_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "address_requests_link" UNIQUE("practice_id","link_hash"),
	CONSTRAINT "address_requests_purpose" CHECK ("address_requests"."purpose" in ('sign_in', 'change_address')),
	CONSTRAINT "address_requests_person" CHECK (("address_requests"."purpose" = 'change_address') = ("address_requests"."person_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "partner_calls" (
	"practice_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"spoken_at" timestamp (3) with time zone,
	CONSTRAINT "partner_calls_practice_id_client_id_pk" PRIMARY KEY("practice_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"practice_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"challenge" "bytea" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "passkey_challenges_practice_id_subject_id_purpose_pk" PRIMARY KEY("practice_id","subject_id","purpose"),
	CONSTRAINT "passkey_challenges_purpose" CHECK ("passkey_challenges"."purpose" in ('register', 'prove')),
	CONSTRAINT "passkey_challenges_length" CHECK (octet_length("passkey_challenges"."challenge") = 32)
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"credential_id" "bytea" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"name" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "passkeys_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "passkeys_credential" UNIQUE("practice_id","credential_id"),
	CONSTRAINT "passkeys_person" UNIQUE("practice_id","person_id","id"),
	CONSTRAINT "passkeys_counter" CHECK ("passkeys"."counter" >= 0)
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"practice_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"lookup" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "recovery_codes_practice_id_person_id_lookup_pk" PRIMARY KEY("practice_id","person_id","lookup"),
	CONSTRAINT "recovery_codes_lookup_length" CHECK (octet_length("recovery_codes"."lookup") = 32)
);
--> statement-breakpoint
CREATE TABLE "second_steps" (
	"practice_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"secret" "bytea" NOT NULL,
	"tries" smallint NOT NULL,
	"paused_until" timestamp (3) with time zone,
	"last_step" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	CONSTRAINT "second_steps_practice_id_person_id_kind_pk" PRIMARY KEY("practice_id","person_id","kind"),
	CONSTRAINT "second_steps_kind" CHECK ("second_steps"."kind" in ('totp', 'pin')),
	CONSTRAINT "second_steps_tries" CHECK ("second_steps"."tries" >= 0),
	CONSTRAINT "second_steps_step" CHECK ("second_steps"."kind" = 'totp' or "second_steps"."last_step" is null),
	CONSTRAINT "second_steps_pin_confirmed" CHECK ("second_steps"."kind" = 'totp' or "second_steps"."confirmed_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "sign_in_steps" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"account" text NOT NULL,
	"person_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "sign_in_steps_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "sign_in_steps_token" UNIQUE("practice_id","token_hash"),
	CONSTRAINT "sign_in_steps_token_hash_length" CHECK (octet_length("sign_in_steps"."token_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "beginnings" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"therapist_id" uuid NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"client_id" uuid,
	CONSTRAINT "beginnings_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "beginnings_state" CHECK ("beginnings"."state" in ('asked', 'begun', 'declined')),
	CONSTRAINT "beginnings_ended_at" CHECK (("beginnings"."state" = 'asked') = ("beginnings"."ended_at" is null)),
	CONSTRAINT "beginnings_client_made" CHECK (("beginnings"."state" = 'begun') = ("beginnings"."client_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "safety_flags" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"raised_by" uuid NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"lowered_by" uuid,
	"lowered_at" timestamp (3) with time zone,
	CONSTRAINT "safety_flags_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "safety_flags_lowered" CHECK (("safety_flags"."lowered_by" is null) = ("safety_flags"."lowered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "yeses" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"therapist_id" uuid NOT NULL,
	"whom" "bytea" NOT NULL,
	"invitation_id" uuid,
	"may_tell" boolean,
	"said_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"beginning_id" uuid,
	"number" smallint,
	"told" boolean,
	"agreed" boolean,
	"answered_at" timestamp (3) with time zone,
	"version" integer,
	"hash" "bytea",
	CONSTRAINT "yeses_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "yeses_put_together" CHECK (("yeses"."beginning_id" is null) = ("yeses"."number" is null) and ("yeses"."beginning_id" is null) = ("yeses"."told" is null)),
	CONSTRAINT "yeses_number" CHECK ("yeses"."number" in (1, 2)),
	CONSTRAINT "yeses_answered" CHECK (("yeses"."agreed" is null) = ("yeses"."answered_at" is null) and ("yeses"."agreed" is null or "yeses"."beginning_id" is not null)),
	CONSTRAINT "yeses_agreed_to_words" CHECK (("yeses"."agreed" is true) = ("yeses"."hash" is not null) and ("yeses"."hash" is null) = ("yeses"."version" is null) and octet_length("yeses"."hash") = 32)
);
--> statement-breakpoint
ALTER TABLE "partner_answers" DROP CONSTRAINT "partner_answers_kind";--> statement-breakpoint
ALTER TABLE "partner_answers" ALTER COLUMN "invitation_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cancellations" ADD COLUMN "decide_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cancellations" ADD COLUMN "decision" text;--> statement-breakpoint
ALTER TABLE "cancellations" ADD COLUMN "decided_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "person_id" uuid;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "calendar_title" "bytea";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "joined_to" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "trusted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "stepped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "partner_answers" ADD COLUMN "spoken_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "partner_answers" ADD COLUMN "kept" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "asked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "acceptance_links" ADD CONSTRAINT "acceptance_links_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_answers" ADD CONSTRAINT "proposal_answers_practice_id_proposal_id_proposals_practice_id_id_fk" FOREIGN KEY ("practice_id","proposal_id") REFERENCES "public"."proposals"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_requests" ADD CONSTRAINT "address_requests_practice_id_carrier_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","carrier_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_requests" ADD CONSTRAINT "address_requests_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_requests" ADD CONSTRAINT "address_requests_practice_id_told_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","told_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_calls" ADD CONSTRAINT "partner_calls_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_steps" ADD CONSTRAINT "second_steps_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "beginnings" ADD CONSTRAINT "beginnings_practice_id_therapist_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","therapist_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "beginnings" ADD CONSTRAINT "beginnings_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_flags" ADD CONSTRAINT "safety_flags_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_flags" ADD CONSTRAINT "safety_flags_practice_id_raised_by_people_practice_id_id_fk" FOREIGN KEY ("practice_id","raised_by") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_flags" ADD CONSTRAINT "safety_flags_practice_id_lowered_by_people_practice_id_id_fk" FOREIGN KEY ("practice_id","lowered_by") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yeses" ADD CONSTRAINT "yeses_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yeses" ADD CONSTRAINT "yeses_practice_id_therapist_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","therapist_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yeses" ADD CONSTRAINT "yeses_practice_id_invitation_id_partner_invitations_practice_id_id_fk" FOREIGN KEY ("practice_id","invitation_id") REFERENCES "public"."partner_invitations"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yeses" ADD CONSTRAINT "yeses_practice_id_beginning_id_beginnings_practice_id_id_fk" FOREIGN KEY ("practice_id","beginning_id") REFERENCES "public"."beginnings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "address_requests_created" ON "address_requests" USING btree ("practice_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "beginnings_client" ON "beginnings" USING btree ("practice_id","client_id");--> statement-breakpoint
CREATE UNIQUE INDEX "safety_flags_one_a_client" ON "safety_flags" USING btree ("practice_id","client_id") WHERE "safety_flags"."lowered_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "yeses_one_a_person" ON "yeses" USING btree ("practice_id","person_id") WHERE "yeses"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "yeses_number" ON "yeses" USING btree ("practice_id","beginning_id","number");--> statement-breakpoint
CREATE INDEX "yeses_therapist" ON "yeses" USING btree ("practice_id","therapist_id") WHERE "yeses"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_practice_id_joined_to_people_practice_id_id_fk" FOREIGN KEY ("practice_id","joined_to") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cancellations_undecided" ON "cancellations" USING btree ("practice_id","decide_by") WHERE "cancellations"."decide_by" is not null and "cancellations"."decision" is null;--> statement-breakpoint
CREATE INDEX "people_joined" ON "people" USING btree ("practice_id","joined_to") WHERE "people"."joined_to" is not null;--> statement-breakpoint
ALTER TABLE "staff" DROP COLUMN "second_factor";--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_decision" CHECK ("cancellations"."decision" in ('keep', 'waive', 'lapse'));--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_decided" CHECK (("cancellations"."decision" is null) = ("cancellations"."decided_at" is null));--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_decidable" CHECK ("cancellations"."decision" is null or "cancellations"."decide_by" is not null);--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_joined_is_unproven" CHECK ("people"."joined_to" is null or "people"."proven_at" is null);--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_joined_to_another" CHECK ("people"."joined_to" <> "people"."id");--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_erased_has_no_title" CHECK ("people"."data_key" is not null or "people"."calendar_title" is null);--> statement-breakpoint
ALTER TABLE "partner_answers" ADD CONSTRAINT "partner_answers_invitation" CHECK (("partner_answers"."kind" = 'enquiry') = ("partner_answers"."invitation_id" is null));--> statement-breakpoint
ALTER TABLE "partner_answers" ADD CONSTRAINT "partner_answers_kind" CHECK ("partner_answers"."kind" in ('question', 'concern', 'not_now', 'no_contact', 'times', 'enquiry'));