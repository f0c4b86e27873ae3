-- The application's own role: it reads and writes rows, and changes no table. npm run db:migrate runs this after the
-- migrations where MIGRATION_URL (the owner of the tables) and DATABASE_URL (the application's role) are two roles: it puts
-- the role's name in the place of tandem_app, and makes the role where there is none. By hand: as the owner, with psql, after
--   create role tandem_app login password '…';
grant usage on schema public, drizzle, pgboss to tandem_app;
grant select, insert, update, delete on all tables in schema public, pgboss to tandem_app;
grant usage, select on all sequences in schema public, pgboss to tandem_app;
grant execute on all functions in schema public, pgboss to tandem_app;
grant select on all tables in schema drizzle to tandem_app;
-- What was written down stays: these two only grow.
revoke update, delete, truncate on ledger, audit from tandem_app;
