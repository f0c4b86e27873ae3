CREATE TABLE "partner_calls" (
	"practice_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"spoken_at" timestamp (3) with time zone,
	CONSTRAINT "partner_calls_practice_id_client_id_pk" PRIMARY KEY("practice_id","client_id")
);
--> statement-breakpoint
ALTER TABLE "partner_answers" DROP CONSTRAINT "partner_answers_kind";--> statement-breakpoint
ALTER TABLE "partner_answers" ALTER COLUMN "invitation_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "partner_answers" ADD COLUMN "spoken_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "partner_answers" ADD COLUMN "kept" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "partner_calls" ADD CONSTRAINT "partner_calls_practice_id_client_id_clients_practice_id_id_fk" FOREIGN KEY ("practice_id","client_id") REFERENCES "public"."clients"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_answers" ADD CONSTRAINT "partner_answers_invitation" CHECK (("partner_answers"."kind" = 'enquiry') = ("partner_answers"."invitation_id" is null));--> statement-breakpoint
ALTER TABLE "partner_answers" ADD CONSTRAINT "partner_answers_kind" CHECK ("partner_answers"."kind" in ('question', 'concern', 'not_now', 'no_contact', 'times', 'enquiry'));