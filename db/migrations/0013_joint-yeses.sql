-- A proposed time that waits already waits for whoever was asked before answers were rows of their own.
INSERT INTO "proposal_answers" ("practice_id", "proposal_id", "by")
  SELECT p."practice_id", p."id", CASE p."by" WHEN 'client' THEN 'practice' ELSE b."booker_id"::text END
  FROM "proposals" p JOIN "bookings" b ON b."practice_id" = p."practice_id" AND b."id" = p."booking_id"
  WHERE p."state" = 'open';--> statement-breakpoint
UPDATE "proposals" p SET "person_id" = b."booker_id"
  FROM "bookings" b
  WHERE b."practice_id" = p."practice_id" AND b."id" = p."booking_id" AND p."by" = 'client';
