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
ALTER TABLE "beginnings" ADD CONSTRAINT "beginnings_practice_id_therapist_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","therapist_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "beginnings" ADD CONSTRAINT "beginnings_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_flags" ADD CONSTRAINT "safety_flags_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_flags" ADD CONSTRAINT "safety_flags_practice_id_raised_by_people_practice_id_id_fk" FOREIGN KEY ("practice_id","raised_by") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "safety_flags" ADD CONSTRAINT "safety_flags_practice_id_lowered_by_people_practice_id_id_fk" FOREIGN KEY ("practice_id","lowered_by") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yeses" ADD CONSTRAINT "yeses_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yeses" ADD CONSTRAINT "yeses_practice_id_therapist_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","therapist_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yeses" ADD CONSTRAINT "yeses_practice_id_invitation_id_partner_invitations_practice_id_id_fk" FOREIGN KEY ("practice_id","invitation_id") REFERENCES "public"."partner_invitations"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "yeses" ADD CONSTRAINT "yeses_practice_id_beginning_id_beginnings_practice_id_id_fk" FOREIGN KEY ("practice_id","beginning_id") REFERENCES "public"."beginnings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "beginnings_client" ON "beginnings" USING btree ("practice_id","client_id");--> statement-breakpoint
CREATE UNIQUE INDEX "safety_flags_one_a_client" ON "safety_flags" USING btree ("practice_id","client_id") WHERE "safety_flags"."lowered_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "yeses_one_a_person" ON "yeses" USING btree ("practice_id","person_id") WHERE "yeses"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "yeses_number" ON "yeses" USING btree ("practice_id","beginning_id","number");--> statement-breakpoint
CREATE INDEX "yeses_therapist" ON "yeses" USING btree ("practice_id","therapist_id") WHERE "yeses"."ended_at" is null;