-- What was proposed privately, or booked for somebody who was told the terms as they called, before that was kept with it.
UPDATE "bookings" SET "by_practice" = true
WHERE EXISTS (
  SELECT 1 FROM "private_proposals" "p"
  WHERE "p"."practice_id" = "bookings"."practice_id" AND "p"."booking_id" = "bookings"."id"
) OR EXISTS (
  SELECT 1 FROM "consents" "c"
  WHERE "c"."practice_id" = "bookings"."practice_id" AND "c"."person_id" = "bookings"."booker_id"
    AND "c"."document" = 'booking-terms-told' AND "c"."at" = "bookings"."created_at"
);
