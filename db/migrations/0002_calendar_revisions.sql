CREATE TABLE "calendar_revisions" (
	"practice_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "calendar_revisions_practice_id_resource_id_pk" PRIMARY KEY("practice_id","resource_id")
);
--> statement-breakpoint
ALTER TABLE "calendar_revisions" ADD CONSTRAINT "calendar_revisions_practice_id_practices_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;