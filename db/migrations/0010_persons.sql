CREATE TABLE "address_requests" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"carrier_id" uuid NOT NULL,
	"person_id" uuid,
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
ALTER TABLE "people" DROP CONSTRAINT "people_erased_has_no_name";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "calendar_title" "bytea";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "joined_to" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "trusted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "stepped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "address_requests" ADD CONSTRAINT "address_requests_practice_id_carrier_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","carrier_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_requests" ADD CONSTRAINT "address_requests_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "address_requests_created" ON "address_requests" USING btree ("practice_id","created_at");--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_practice_id_joined_to_people_practice_id_id_fk" FOREIGN KEY ("practice_id","joined_to") REFERENCES "public"."people"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_joined" ON "people" USING btree ("practice_id","joined_to") WHERE "people"."joined_to" is not null;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_joined_is_unproven" CHECK ("people"."joined_to" is null or "people"."proven_at" is null);--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_joined_to_another" CHECK ("people"."joined_to" <> "people"."id");--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_erased_has_no_name" CHECK ("people"."data_key" is not null or ("people"."name" is null and "people"."calendar_title" is null));