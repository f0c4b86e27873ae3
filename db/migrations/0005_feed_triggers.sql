-- Whatever a person's calendar is made of raises the change number of that person's feeds, in the transaction that changes it.

-- The feeds of these persons, in one order for all, so that no two transactions wait for each other within a statement.
CREATE FUNCTION raise_feeds(practices uuid[], persons uuid[]) RETURNS void LANGUAGE sql AS $$
  WITH meant AS (
    SELECT DISTINCT practice_id, person_id FROM unnest(practices, persons) AS named (practice_id, person_id)
  ), locked AS (
    SELECT feeds.practice_id, feeds.id FROM feeds JOIN meant USING (practice_id, person_id)
      WHERE feeds.revoked_at IS NULL ORDER BY feeds.practice_id, feeds.id FOR NO KEY UPDATE OF feeds
  )
  UPDATE feeds SET changes = feeds.changes + 1 FROM locked
    WHERE feeds.practice_id = locked.practice_id AND feeds.id = locked.id;
$$;--> statement-breakpoint

-- A participant's row shows in the own calendar, and its name in the therapist's: all who take part in the appointment.
CREATE FUNCTION raise_feeds_of_participants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_feeds(array_agg(practice_id), array_agg(person_id)) FROM (
    SELECT practice_id, person_id FROM changed
    UNION SELECT beside.practice_id, beside.person_id FROM changed JOIN participants beside USING (practice_id, appointment_id)
  ) AS people;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER participants_insert_raises_feeds AFTER INSERT ON "participants"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_feeds_of_participants();--> statement-breakpoint
CREATE TRIGGER participants_update_raises_feeds AFTER UPDATE ON "participants"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_feeds_of_participants();--> statement-breakpoint
CREATE TRIGGER participants_delete_raises_feeds AFTER DELETE ON "participants"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_feeds_of_participants();--> statement-breakpoint

CREATE FUNCTION raise_feeds_of_appointments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_feeds(array_agg(participants.practice_id), array_agg(participants.person_id))
    FROM before JOIN after USING (practice_id, id)
    JOIN participants ON participants.practice_id = after.practice_id AND participants.appointment_id = after.id
    WHERE (before.starts_at, before.ends_at, before.state, before.place_id)
      IS DISTINCT FROM (after.starts_at, after.ends_at, after.state, after.place_id);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER appointments_raise_feeds AFTER UPDATE ON "appointments"
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION raise_feeds_of_appointments();--> statement-breakpoint

CREATE FUNCTION raise_feeds_of_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_feeds(array_agg(participants.practice_id), array_agg(participants.person_id))
    FROM appointments JOIN participants
      ON participants.practice_id = appointments.practice_id AND participants.appointment_id = appointments.id
    WHERE appointments.practice_id = NEW.practice_id AND appointments.booking_id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER bookings_raise_feeds AFTER UPDATE ON "bookings"
  FOR EACH ROW WHEN (
    (OLD.state, OLD.confirmed_at, OLD.therapist_id, OLD.place_id)
      IS DISTINCT FROM (NEW.state, NEW.confirmed_at, NEW.therapist_id, NEW.place_id)
  ) EXECUTE FUNCTION raise_feeds_of_booking();--> statement-breakpoint

-- A person's choices show in the own calendar, the name in the calendars of those who meet the person.
CREATE FUNCTION raise_feeds_of_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_feeds(array_agg(practice_id), array_agg(person_id)) FROM (
    SELECT NEW.practice_id, NEW.id AS person_id
    UNION SELECT beside.practice_id, beside.person_id
      FROM participants own JOIN participants beside USING (practice_id, appointment_id)
      WHERE own.practice_id = NEW.practice_id AND own.person_id = NEW.id
  ) AS people;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER people_raise_feeds AFTER UPDATE ON "people"
  FOR EACH ROW WHEN (
    (OLD.name, OLD.zone, OLD.wording, OLD.data_key) IS DISTINCT FROM (NEW.name, NEW.zone, NEW.wording, NEW.data_key)
  ) EXECUTE FUNCTION raise_feeds_of_person();--> statement-breakpoint

-- The plain wording names the place.
CREATE FUNCTION raise_feeds_of_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_feeds(array_agg(participants.practice_id), array_agg(participants.person_id))
    FROM appointments JOIN participants
      ON participants.practice_id = appointments.practice_id AND participants.appointment_id = appointments.id
    WHERE appointments.practice_id = NEW.practice_id AND appointments.place_id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER places_raise_feeds AFTER UPDATE ON "places"
  FOR EACH ROW WHEN ((OLD.name, OLD.address) IS DISTINCT FROM (NEW.name, NEW.address))
  EXECUTE FUNCTION raise_feeds_of_place();
