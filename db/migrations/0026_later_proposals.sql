CREATE TABLE "proposal_times" (
	"practice_id" uuid NOT NULL,
	"proposal_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "proposal_times_practice_id_proposal_id_appointment_id_pk" PRIMARY KEY("practice_id","proposal_id","appointment_id")
);
--> statement-breakpoint
ALTER TABLE "kept_times" DROP CONSTRAINT "kept_times_practice_id_proposal_id_resource_id_during_pk";--> statement-breakpoint
ALTER TABLE "kept_times" ALTER COLUMN "proposal_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "kept_times" ADD COLUMN "move_id" uuid;--> statement-breakpoint
ALTER TABLE "proposal_times" ADD CONSTRAINT "proposal_times_practice_id_proposal_id_proposals_practice_id_id_fk" FOREIGN KEY ("practice_id","proposal_id") REFERENCES "public"."proposals"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_times" ADD CONSTRAINT "proposal_times_practice_id_appointment_id_appointments_practice_id_id_fk" FOREIGN KEY ("practice_id","appointment_id") REFERENCES "public"."appointments"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposal_times_appointment" ON "proposal_times" USING btree ("practice_id","appointment_id");--> statement-breakpoint
ALTER TABLE "kept_times" ADD CONSTRAINT "kept_times_practice_id_move_id_proposals_practice_id_id_fk" FOREIGN KEY ("practice_id","move_id") REFERENCES "public"."proposals"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "kept_times_once" ON "kept_times" USING btree ("practice_id","proposal_id","resource_id","during");--> statement-breakpoint
CREATE UNIQUE INDEX "kept_times_once_moved" ON "kept_times" USING btree ("practice_id","move_id","resource_id","during");--> statement-breakpoint
ALTER TABLE "kept_times" ADD CONSTRAINT "kept_times_for_one" CHECK (num_nonnulls("kept_times"."proposal_id", "kept_times"."move_id") = 1);