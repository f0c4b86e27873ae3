-- What settles a booking is read and written with less: attempts are found by what Stripe calls them, whoever's they are, and
-- have no place in those indexes before they have a name there.
ALTER TABLE "attempts" DROP CONSTRAINT "attempts_checkout";--> statement-breakpoint
ALTER TABLE "attempts" DROP CONSTRAINT "attempts_payment";--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_checkout" ON "attempts" USING btree ("checkout_id","practice_id") WHERE "attempts"."checkout_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_payment" ON "attempts" USING btree ("payment_id","practice_id") WHERE "attempts"."payment_id" is not null;--> statement-breakpoint

-- One statement instead of two and a function between them, and no condition that is read anew with every change of a booking.
CREATE OR REPLACE FUNCTION raise_feeds_of_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.state, OLD.confirmed_at, OLD.therapist_id, OLD.place_id)
    IS NOT DISTINCT FROM (NEW.state, NEW.confirmed_at, NEW.therapist_id, NEW.place_id) THEN RETURN NULL;
  END IF;
  WITH locked AS (
    SELECT feeds.practice_id, feeds.id FROM feeds
      WHERE feeds.practice_id = NEW.practice_id AND feeds.revoked_at IS NULL AND feeds.person_id IN (
        SELECT unnest(array[people.id, people.joined_to]) FROM appointments
          JOIN participants ON participants.practice_id = appointments.practice_id
            AND participants.appointment_id = appointments.id
          JOIN people ON people.practice_id = participants.practice_id AND people.id = participants.person_id
          WHERE appointments.practice_id = NEW.practice_id AND appointments.booking_id = NEW.id)
      ORDER BY feeds.practice_id, feeds.id FOR NO KEY UPDATE
  )
  UPDATE feeds SET changes = feeds.changes + 1 FROM locked
    WHERE feeds.practice_id = locked.practice_id AND feeds.id = locked.id;
  RETURN NULL;
END $$;--> statement-breakpoint
DROP TRIGGER bookings_raise_feeds ON "bookings";--> statement-breakpoint
CREATE TRIGGER bookings_raise_feeds AFTER UPDATE OF "state", "confirmed_at", "therapist_id", "place_id" ON "bookings"
  FOR EACH ROW EXECUTE FUNCTION raise_feeds_of_booking();
