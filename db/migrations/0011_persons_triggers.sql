-- A code may also prove an address to sign in with, or one that somebody wants for their own.
ALTER TABLE "codes" DROP CONSTRAINT "codes_purpose";--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_purpose" CHECK ("purpose" in ('confirm_booking', 'open_booking', 'sign_in', 'change_address'));--> statement-breakpoint

-- What stands under the id of a joined person shows in the calendars of the person who joined it.
CREATE OR REPLACE FUNCTION raise_feeds(practices uuid[], persons uuid[]) RETURNS void LANGUAGE sql AS $$
  WITH meant AS (
    SELECT practice_id, person_id FROM unnest(practices, persons) AS named (practice_id, person_id)
    UNION SELECT people.practice_id, people.joined_to
      FROM unnest(practices, persons) AS named (practice_id, person_id)
      JOIN people ON people.practice_id = named.practice_id AND people.id = named.person_id
      WHERE people.joined_to IS NOT NULL
  ), locked AS (
    SELECT feeds.practice_id, feeds.id FROM feeds JOIN meant USING (practice_id, person_id)
      WHERE feeds.revoked_at IS NULL ORDER BY feeds.practice_id, feeds.id FOR NO KEY UPDATE OF feeds
  )
  UPDATE feeds SET changes = feeds.changes + 1 FROM locked
    WHERE feeds.practice_id = locked.practice_id AND feeds.id = locked.id;
$$;--> statement-breakpoint
CREATE TRIGGER people_joined_raises_feeds AFTER UPDATE OF "joined_to" ON "people"
  FOR EACH ROW WHEN (OLD.joined_to IS DISTINCT FROM NEW.joined_to) EXECUTE FUNCTION raise_feeds_of_person();
