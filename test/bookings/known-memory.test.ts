import t from 'tap'
import { makePractice, NewPractice } from '../../db/make-practice.ts'
import { knownOffer } from '../../src/availability/known-offer.ts'
import { readOffer } from '../../src/availability/offer-store.ts'
import { practiceScopes } from '../../src/identity/scope.ts'
import { changeRules } from '../support/care.ts'
import { staffPassword } from '../support/database.ts'
import { renew } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'
import { statementsOf } from '../support/oracles.ts'

const limits = { bookings: 10_000, holds: 1000, heldShare: 100 }

t.test(
  'whatever changes a type, who offers it where, or when they are there, changes the mark of what is known',
  async t => {
    const { client, db, scope } = await open(t)
    const mark = async () => (await readOffer(db, scope, 'individual'))?.mark
    let last = await mark()
    for (const change of [
      `insert into resources (practice_id, id, kind, slug, name, zone) select practice_id, gen_random_uuid(), 'room', 'attic', 'Attic', zone from resources where slug = 'office'`,
      `update resources set care = '{}' where slug = 'jessica'`,
      `insert into places (practice_id, id, slug, name, room_id) select practice_id, gen_random_uuid(), 'attic', 'Attic', id from resources where slug = 'attic'`,
      `insert into offerings (practice_id, session_type_id, resource_id, place_id)
      select r.practice_id, t.id, r.id, p.id from resources r, session_types t, places p where r.slug = 'jessica' and t.slug = 'individual' and p.slug = 'attic'`,
      `update offerings o set place_id = p.id from places p, places old where o.place_id = old.id and old.slug = 'attic' and p.slug = 'attic'`,
      `delete from offerings o using places p where o.place_id = p.id and p.slug = 'attic'`,
      `update places set room_id = null where slug = 'attic'`,
      `delete from places where slug = 'attic'`,
      `delete from resources where slug = 'attic'`,
      `with more as (
        insert into session_types (practice_id, id, slug, kind, public, position, version)
        select practice_id, gen_random_uuid(), 'more', kind, false, 99, 1 from session_types where slug = 'individual' returning *)
      insert into session_type_versions
      select (jsonb_populate_record(v, jsonb_build_object('session_type_id', more.id))).* from more, session_type_versions v
      join session_types t on t.id = v.session_type_id where t.slug = 'individual'`,
      `update session_types set public = true where slug = 'more'`,
      `insert into opening_hours (practice_id, id, resource_id, days, from_minute, to_minute)
      select practice_id, gen_random_uuid(), id, '{7}', 600, 660 from resources where slug = 'jessica'`,
      `update opening_hours set to_minute = 720 where days = '{7}'`,
      `delete from opening_hours where days = '{7}'`,
      `insert into exceptions (practice_id, id, resource_id, date)
      select practice_id, gen_random_uuid(), id, '2027-03-01' from resources where slug = 'jessica'`,
      `update exceptions set date = '2027-03-02'`,
      `delete from exceptions`,
      `insert into travels (practice_id, id, resource_id, zone, first_day, last_day, keeps, video_only, created_at)
      select practice_id, gen_random_uuid(), id, 'Asia/Tokyo', '2027-03-10', '2027-03-12', 'local', false, '2027-01-01'
      from resources where slug = 'jessica'`,
      `update travels set video_only = true`,
      `delete from travels`
    ]) {
      await client.unsafe(change)
      const now = await mark()
      t.not(now, last, change)
      last = now
    }
    await client`
    insert into session_type_versions select (jsonb_populate_record(v, '{"version": 2}')).* from session_type_versions v
    join session_types t on t.id = v.session_type_id where t.slug = 'couples'`
    t.not(await mark(), last, 'a version, of whichever type')
    t.equal((await readOffer(db, scope, 'individual'))?.rests, false)
    await changeRules(client, 'retreat', { rest: 60 })
    t.equal((await readOffer(db, scope, 'individual'))?.rests, true)
  }
)

t.test('what was restored with the same numbers is another', async t => {
  const { client, book } = await open(t, { limits })
  t.match((await book({ sessionType: 'individual' })).json(), { price: { amount: 25_000 } })
  // As a copy comes back: without triggers, and each row written anew.
  const [before] = await client`select * from calendar_revisions where resource_id = practice_id`
  await renew({ client }, 'individual', '{"price": 31000}')
  await client`update calendar_revisions set revision = ${before?.revision} where resource_id = practice_id`
  const next = await book({ sessionType: 'individual', start: '2027-02-10T15:00:00Z' })
  t.match(next.json(), { price: { amount: 31_000 } })
})

t.test('a name that stands for nothing is not remembered', async t => {
  const { client, db, scope, book } = await open(t, { limits })
  const asked = async (slug: string) => (await statementsOf(client, () => knownOffer(db, scope, slug))).length
  t.same([await asked('nothing'), await asked('nothing')], [1, 1])
  t.match((await book({ sessionType: 'nothing' })).json(), { type: '/problems/no-such-session-type' })
  t.same([await asked('individual'), await asked('individual')], [1, 0], 'what is there is read once')
  await client`update session_types set slug = 'nothing' where slug = 'individual'`
  t.match(await book({ sessionType: 'nothing' }), { statusCode: 201 }, 'and as soon as it is there, it is found')
})

t.test('two practices with types of the same name are two', async t => {
  const { app, deps, client, db, scope, clock } = await open(t, { limits })
  await client`update practices set hosts = '{localhost}'`
  const given = { ...other, description: 'Another practice.', emergency: 'In danger call 112, at any time.' }
  const id = await makePractice(deps, NewPractice.parse(given), staffPassword)
  await client`
    insert into opening_hours (practice_id, id, resource_id, days, from_minute, to_minute)
    select practice_id, gen_random_uuid(), id, '{1,2,3,4,5,6,7}', 0, 1440 from resources where practice_id = ${id} and kind = 'therapist'`
  clock.move({ minutes: 1 })
  const ask = async (host: string, start: string) => {
    const person = { ...someone, email: `at-${start.slice(8, 10)}@example.com` }
    const payload = { sessionType: 'individual', start, place: 'video', person, consent: { termsVersion: 1 } }
    const headers = { host: `${host}:3000` }
    const answer = (await app.inject({ method: 'POST', url: '/api/bookings', headers, payload })).json()
    return [answer.price, answer.appointments?.[0].therapist]
  }
  const [here, there] = ['localhost', '127.0.0.1']
  for (const day of ['08', '09']) {
    const start = `2027-02-${day}T15:00:00Z`
    t.same(await ask(here, start), [{ amount: 25_000, currency: 'USD' }, 'jessica'])
    t.same(await ask(there, start), [{ amount: 12_500, currency: 'EUR' }, 'ada-lovelace'])
  }
  const second = await practiceScopes(deps).forId(id)
  const [own, others] = [await knownOffer(db, scope, 'individual'), await knownOffer(db, second, 'individual')]
  t.not(own?.type.id, others?.type.id, 'each is remembered beside the other')
  await client`update session_types set public = false where practice_id = ${id}`
  t.not((await readOffer(db, second, 'individual'))?.mark, others?.mark)
  t.equal((await readOffer(db, scope, 'individual'))?.mark, own?.mark, 'what one changes is no matter to the other')
})

const other = {
  name: 'A Practice',
  'discreet-name': 'AP Office',
  statement: 'AP OFFICE',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  host: '127.0.0.1',
  address: 'Street 1, Berlin',
  secrets: 'limited',
  conversion: 'equal_time',
  'owner-name': 'Ada Lovelace',
  'owner-email': 'ada@example.com',
  price: '200'
}
