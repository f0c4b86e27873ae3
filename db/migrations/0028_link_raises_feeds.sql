-- An entry says where somebody joins, too: another link raises the feeds as another address does.
DROP TRIGGER places_raise_feeds ON "places";--> statement-breakpoint
CREATE TRIGGER places_raise_feeds AFTER UPDATE ON "places"
  FOR EACH ROW WHEN ((OLD.name, OLD.address, OLD.link) IS DISTINCT FROM (NEW.name, NEW.address, NEW.link))
  EXECUTE FUNCTION raise_feeds_of_place();
