CREATE TABLE "not_meet" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"edition_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"words" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "not_meet_practice_id_id_pk" PRIMARY KEY("practice_id","id")
);
--> statement-breakpoint
ALTER TABLE "bulk_changes" ADD COLUMN "travel_id" uuid;--> statement-breakpoint
ALTER TABLE "not_meet" ADD CONSTRAINT "not_meet_practice_id_edition_id_editions_practice_id_id_fk" FOREIGN KEY ("practice_id","edition_id") REFERENCES "public"."editions"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "not_meet" ADD CONSTRAINT "not_meet_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "not_meet" ADD CONSTRAINT "not_meet_practice_id_person_id_people_practice_id_id_fk" FOREIGN KEY ("practice_id","person_id") REFERENCES "public"."people"("practice_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "not_meet_edition" ON "not_meet" USING btree ("practice_id","edition_id");--> statement-breakpoint
CREATE INDEX "not_meet_person" ON "not_meet" USING btree ("practice_id","person_id");