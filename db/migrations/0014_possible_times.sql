CREATE TABLE "possible_times" (
	"practice_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "possible_times_practice_id_booking_id_during_pk" PRIMARY KEY("practice_id","booking_id","during"),
	CONSTRAINT "possible_times_not_empty" CHECK (not isempty("possible_times"."during"))
);
--> statement-breakpoint
ALTER TABLE "possible_times" ADD CONSTRAINT "possible_times_practice_id_booking_id_bookings_practice_id_id_fk" FOREIGN KEY ("practice_id","booking_id") REFERENCES "public"."bookings"("practice_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "possible_times_given" ON "possible_times" USING btree ("given_at");