-- A person's own title for calendar entries is one of the choices that show in the own calendar.
DROP TRIGGER people_raise_feeds ON "people";--> statement-breakpoint
CREATE TRIGGER people_raise_feeds AFTER UPDATE ON "people"
  FOR EACH ROW WHEN (
    (OLD.name, OLD.zone, OLD.wording, OLD.calendar_title, OLD.data_key)
      IS DISTINCT FROM (NEW.name, NEW.zone, NEW.wording, NEW.calendar_title, NEW.data_key)
  ) EXECUTE FUNCTION raise_feeds_of_person();--> statement-breakpoint

-- Until now everybody took invitations whose mailbox was their own, so every mail that carried one is known.
UPDATE "messages" SET invitation = CASE WHEN template LIKE '%cancelled%' THEN 'CANCEL' ELSE 'REQUEST' END
  FROM "people" WHERE people.practice_id = messages.practice_id AND people.id = messages.person_id
    AND people.calendar_choice = 'invitation' AND messages.state = 'sent'
    AND messages.template IN ('confirmed', 'staff-confirmed', 'moved', 'staff-moved',
      'cancelled', 'cancelled-own', 'cancelled-other', 'staff-cancelled')
    AND NOT EXISTS (SELECT 1 FROM "contact_points" WHERE contact_points.practice_id = people.practice_id
      AND contact_points.person_id = people.id AND contact_points.shared_mailbox);
