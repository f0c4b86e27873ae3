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
ALTER TABLE "people" ADD COLUMN "calendar_title" "bytea";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "joined_to" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "trusted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "stepped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "address_requests" ADD CONSTRAINT "address_requests_practice_id_carrier_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","carrier_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_requests" ADD CONSTRAINT "address_requests_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_requests" ADD CONSTRAINT "address_requests_practice_id_told_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","told_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_steps" ADD CONSTRAINT "second_steps_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "address_requests_created" ON "address_requests" USING btree ("practice_id","created_at");--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_practice_id_joined_to_people_practice_id_id_fk" FOREIGN KEY ("practice_id","joined_to") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_joined" ON "people" USING btree ("practice_id","joined_to") WHERE "people"."joined_to" is not null;--> statement-breakpoint
ALTER TABLE "staff" DROP COLUMN "second_factor";--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_joined_is_unproven" CHECK ("people"."joined_to" is null or "people"."proven_at" is null);--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_joined_to_another" CHECK ("people"."joined_to" <> "people"."id");--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_erased_has_no_title" CHECK ("people"."data_key" is not null or "people"."calendar_title" is null);