-- The application's own role: it reads and writes rows, and changes no table. Migrations are run by the owner of the
-- database (npm run db:migrate), after each of which this is run again by the owner. The role must exist before:
--   create role tandem_app login password '…';
grant usage on schema public, drizzle, pgboss to tandem_app;
grant select, insert, update, delete on all tables in schema public, pgboss to tandem_app;
grant usage, select on all sequences in schema public, pgboss to tandem_app;
grant execute on all functions in schema public, pgboss to tandem_app;
grant select on all tables in schema drizzle to tandem_app;
-- What was written down stays: these two only grow.
revoke update, delete, truncate on ledger, audit from tandem_app;
