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
ALTER TABLE "cancellations" ADD COLUMN "decide_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cancellations" ADD COLUMN "decision" text;--> statement-breakpoint
ALTER TABLE "cancellations" ADD COLUMN "decided_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "person_id" uuid;--> statement-breakpoint
ALTER TABLE "acceptance_links" ADD CONSTRAINT "acceptance_links_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_answers" ADD CONSTRAINT "proposal_answers_practice_id_proposal_id_proposals_practice_id_id_fk" FOREIGN KEY ("practice_id","proposal_id") REFERENCES "public"."proposals"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cancellations_undecided" ON "cancellations" USING btree ("practice_id","decide_by") WHERE "cancellations"."decide_by" is not null and "cancellations"."decision" is null;--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_decision" CHECK ("cancellations"."decision" in ('keep', 'waive', 'lapse'));--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_decided" CHECK (("cancellations"."decision" is null) = ("cancellations"."decided_at" is null));--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_decidable" CHECK ("cancellations"."decision" is null or "cancellations"."decide_by" is not null);