import type { Sql } from 'postgres'

interface House {
  client: Sql
  databaseUrl: string
}

/** What a card gateway took and gave back. */
export interface GatewaySums {
  checkouts: ReadonlyMap<string, { paid: boolean; amount: { amount: number } }>
  refunds: ReadonlyMap<string, { amount: { amount: number } }>
}

/** How often a race is run: samples in the suite, the full count where ROUNDS says so. */
export const rounds = Number(process.env.ROUNDS ?? 6)

/** For so many tries, one after the other, the start waits for rivals that stand in line. */
const mostLooks = 60

/**
 * Lets rivals run at the same moment and watches how many of them really stood in each other's way: the most sessions of
 * the server that waited for a lock at once. They start behind a barrier: every therapist and room is locked until as many
 * as there are wait for it, or have gone another way.
 */
export async function racing<T extends readonly unknown[]>(
  { databaseUrl, client }: House,
  rivals: { [K in keyof T]: () => Promise<T[K]> }
): Promise<{ outcomes: T; waiting: number }> {
  const name = new URL(databaseUrl).pathname.slice(1)
  let waiting = 0
  const { running } = await client.begin(async barrier => {
    await barrier`select pg_advisory_xact_lock(hashtextextended(practice_id::text || id::text, 0)) from resources order by id`
    const running = Promise.all(rivals.map(rival => rival()))
    for (let looks = 0; looks < mostLooks && waiting < rivals.length; looks += 1) {
      // By the barrier's own connection: the rivals may have all others.
      await barrier`select pg_stat_clear_snapshot()`
      const [row] = await barrier<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_stat_activity where datname = ${name} and wait_event_type = 'Lock'`
      waiting = Math.max(waiting, row?.waiting ?? 0)
    }
    return { running }
  })
  const outcomes = (await running) as unknown as T
  // Whoever waits alone waits for the barrier, and stands in nobody's way.
  return { outcomes, waiting: Math.max(0, waiting - 1) }
}

/**
 * What must hold after every race, whatever happened: no deadlock, no overlap, nothing sold that nobody paid, no cent lost,
 * and whatever is kept is kept for its therapists and its room, so that the constraint on overlaps sees it.
 */
export async function soundness({ client, gateway }: { client: Sql; gateway: GatewaySums }) {
  const [row] = await client<Record<string, number>[]>`
    select
      (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks,
      (select count(*)::int from occupancy a join occupancy b on a.resource_id = b.resource_id
        and a.appointment_id < b.appointment_id and a.during && b.during) as overlaps,
      (select count(*)::int from bookings b where b.state = 'confirmed' and exists (select 1 from dues d
        where d.booking_id = b.id and d.required_to_confirm and d.state <> 'paid')) as unpaid,
      (select count(*)::int from bookings b join appointments a on a.booking_id = b.id
        join occupancy o on o.appointment_id = a.id where b.state in ('cancelled', 'expired', 'declined')
        and (a.state <> 'planned' or a.price is null or a.starts_at >= b.ended_at)) as ghosts,
      (select count(*)::int from bookings b join appointments a on a.booking_id = b.id join places p on p.id = b.place_id
        where b.state in ('requested', 'held', 'releasing', 'confirmed') and a.state = 'planned' and b.edition_id is null
        and array[b.therapist_id, b.second_therapist_id, p.room_id] is distinct from (select array[
          max(o.resource_id::text) filter (where o.resource_id = b.therapist_id),
          max(o.resource_id::text) filter (where o.resource_id = b.second_therapist_id),
          max(o.resource_id::text) filter (where o.resource_id = p.room_id)]::uuid[]
          from occupancy o where o.appointment_id = a.id
          and o.during @> tstzrange(a.starts_at, a.ends_at))) as uncovered,
      (select coalesce(sum(amount), 0)::int from ledger) as ledger`
  const taken = [...gateway.checkouts.values()].reduce((sum, { paid, amount }) => sum + (paid ? amount.amount : 0), 0)
  const returned = [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0)
  return { ...row, missing: taken - returned - (row?.ledger ?? 0) }
}

export const sound = { deadlocks: 0, overlaps: 0, unpaid: 0, ghosts: 0, uncovered: 0, missing: 0 }
