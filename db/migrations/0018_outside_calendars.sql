CREATE TABLE "outside_busy" (
	"practice_id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	CONSTRAINT "outside_busy_practice_id_calendar_id_during_pk" PRIMARY KEY("practice_id","calendar_id","during"),
	CONSTRAINT "outside_busy_not_empty" CHECK (not isempty("outside_busy"."during")),
	CONSTRAINT "outside_busy_bounded" CHECK (not lower_inf("outside_busy"."during") and not upper_inf("outside_busy"."during"))
);
--> statement-breakpoint
CREATE TABLE "outside_calendars" (
	"practice_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"access" "bytea" NOT NULL,
	"etag" text,
	"last_modified" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"asked_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	"synced_at" timestamp (3) with time zone,
	"stale_since" timestamp (3) with time zone,
	"fault" text,
	"skipped" integer NOT NULL,
	CONSTRAINT "outside_calendars_practice_id_id_pk" PRIMARY KEY("practice_id","id"),
	CONSTRAINT "outside_calendars_stale_with_fault" CHECK (("outside_calendars"."stale_since" is null) = ("outside_calendars"."fault" is null))
);
--> statement-breakpoint
ALTER TABLE "outside_busy" ADD CONSTRAINT "outside_busy_practice_id_calendar_id_outside_calendars_practice_id_id_fk" FOREIGN KEY ("practice_id","calendar_id") REFERENCES "public"."outside_calendars"("practice_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_busy" ADD CONSTRAINT "outside_busy_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_calendars" ADD CONSTRAINT "outside_calendars_practice_id_resource_id_resources_practice_id_id_fk" FOREIGN KEY ("practice_id","resource_id") REFERENCES "public"."resources"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outside_busy_during" ON "outside_busy" USING gist ("practice_id","resource_id","during");--> statement-breakpoint
CREATE INDEX "outside_calendars_resource" ON "outside_calendars" USING btree ("practice_id","resource_id");--> statement-breakpoint
CREATE INDEX "outside_calendars_due" ON "outside_calendars" USING btree ("due_at");