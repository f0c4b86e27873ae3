CREATE TABLE "answer_messages" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"from" text NOT NULL,
	"words" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answer_messages_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "answer_messages_from" CHECK ("answer_messages"."from" in ('partner', 'practice'))
);
--> statement-breakpoint
CREATE TABLE "answer_times" (
	"practice_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	CONSTRAINT "answer_times_practice_id_answer_id_during_pk" PRIMARY KEY("practice_id","answer_id","during"),
	CONSTRAINT "answer_times_not_empty" CHECK (not isempty("answer_times"."during"))
);
--> statement-breakpoint
CREATE TABLE "no_contact" (
	"practice_id" uuid NOT NULL,
	"lookup" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "no_contact_practice_id_lookup_pk" PRIMARY KEY("practice_id","lookup"),
	CONSTRAINT "no_contact_lookup_length" CHECK (octet_length("no_contact"."lookup") = 32)
);
--> statement-breakpoint
CREATE TABLE "partner_answers" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"invitation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"concern" text,
	"words" "bytea",
	"audience" text NOT NULL,
	"person_id" uuid,
	"note_on" date,
	"data_key" "bytea" NOT NULL,
	"return_hash" "bytea" NOT NULL,
	"session_hash" "bytea",
	"session_ends_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"active_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "partner_answers_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "partner_answers_return_hash" UNIQUE("practice_id","return_hash"),
	CONSTRAINT "partner_answers_session_hash" UNIQUE("practice_id","session_hash"),
	CONSTRAINT "partner_answers_kind" CHECK ("partner_answers"."kind" in ('question', 'concern', 'not_now', 'no_contact', 'times')),
	CONSTRAINT "partner_answers_concern" CHECK (("partner_answers"."kind" = 'concern') = ("partner_answers"."concern" is not null)),
	CONSTRAINT "partner_answers_audience" CHECK ("partner_answers"."audience" in ('therapist', 'inviter') and ("partner_answers"."audience" = 'therapist' or ("partner_answers"."kind" = 'concern' and "partner_answers"."concern" <> 'not_free'))),
	CONSTRAINT "partner_answers_session" CHECK (("partner_answers"."session_hash" is null) = ("partner_answers"."session_ends_at" is null))
);
--> statement-breakpoint
CREATE TABLE "partner_invitations" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"inviter_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"therapist_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"link" "bytea" NOT NULL,
	"state" text NOT NULL,
	"answers" smallint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"replaced_at" timestamp (3) with time zone,
	CONSTRAINT "partner_invitations_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "partner_invitations_token_hash" UNIQUE("practice_id","token_hash"),
	CONSTRAINT "partner_invitations_state" CHECK ("partner_invitations"."state" in ('open', 'withdrawn')),
	CONSTRAINT "partner_invitations_answers" CHECK ("partner_invitations"."answers" between 0 and 10),
	CONSTRAINT "partner_invitations_token_hash_length" CHECK (octet_length("partner_invitations"."token_hash") = 32)
);
--> statement-breakpoint
ALTER TABLE "answer_messages" ADD CONSTRAINT "answer_messages_practice_id_answer_id_partner_answers_practice_id_id_fk" FOREIGN KEY ("practice_id","answer_id") REFERENCES "public"."partner_answers"("practice_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_times" ADD CONSTRAINT "answer_times_practice_id_answer_id_partner_answers_practice_id_id_fk" FOREIGN KEY ("practice_id","answer_id") REFERENCES "public"."partner_answers"("practice_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "no_contact" ADD CONSTRAINT "no_contact_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_answers" ADD CONSTRAINT "partner_answers_practice_id_invitation_id_partner_invitations_practice_id_id_fk" FOREIGN KEY ("practice_id","invitation_id") REFERENCES "public"."partner_invitations"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_answers" ADD CONSTRAINT "partner_answers_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_invitations" ADD CONSTRAINT "partner_invitations_practice_id_inviter_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","inviter_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_invitations" ADD CONSTRAINT "partner_invitations_practice_id_therapist_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","therapist_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_invitations" ADD CONSTRAINT "partner_invitations_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_messages_answer" ON "answer_messages" USING btree ("practice_id","answer_id");--> statement-breakpoint
CREATE INDEX "partner_answers_invitation" ON "partner_answers" USING btree ("practice_id","invitation_id");--> statement-breakpoint
CREATE INDEX "partner_answers_active" ON "partner_answers" USING btree ("active_at");--> statement-breakpoint
CREATE INDEX "partner_invitations_inviter" ON "partner_invitations" USING btree ("practice_id","inviter_id");