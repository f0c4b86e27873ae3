import type { Sql } from 'postgres'

/**
 * Remembers every row, and brings back at each call those of every table that was written to: what one request changed is
 * not there for the next. Triggers and foreign keys are asleep meanwhile, because what only grows is not emptied otherwise.
 */
export async function snapshot(client: Sql): Promise<() => Promise<void>> {
  const tables = await client<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`
  await client.unsafe(`
    create schema kept;
    create table kept.touched (name text);
    create function kept.touch() returns trigger language plpgsql as $$
      begin insert into kept.touched values (quote_ident(tg_table_name)); return null; end $$;`)
  for (const { name } of tables)
    await client.unsafe(`
      create table kept.${name} as table public.${name};
      create trigger touched after insert or update or delete on public.${name}
        for each statement execute function kept.touch();`)
  return async () => {
    await client.begin(async tx => {
      await tx`set local session_replication_role = replica`
      for (const { name } of await tx<{ name: string }[]>`select distinct name from kept.touched`)
        await tx.unsafe(`delete from public.${name}; insert into public.${name} select * from kept.${name}`)
      await tx`delete from kept.touched`
    })
  }
}
