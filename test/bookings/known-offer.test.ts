import t from 'tap'
import { knownOffer } from '../../src/availability/known-offer.ts'
import { workLikeJessica } from '../support/care.ts'
import { renew } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

const limits = { bookings: 10_000, holds: 1000, heldShare: 100 }
const refused = (type: string) => ({ type: `/problems/${type}` })

/** A house in which somebody new books one session after the other, and what is offered is known already. */
async function openKnown(t: Parameters<typeof open>[0]) {
  const house = await open(t, { limits })
  let word = 0
  /** A session of one's own by video at 10:00 in New York, unless told. */
  const hold = async (day: string, more: object = {}) => {
    word += 1
    const start = day.includes('T') ? `2027-${day}:00Z` : `2027-${day}T15:00:00Z`
    const person = { ...someone, email: `word-${word}@example.com` }
    const answer = await house.book({ sessionType: 'individual', start, place: 'video', person, ...more })
    return { status: answer.statusCode, ...answer.json() }
  }
  t.match(await hold('02-08'), { status: 201, price: { amount: 25_000 } })
  return { ...house, hold }
}

t.test('after a change of what is offered the next booking is of the new one', async t => {
  const house = await openKnown(t)
  const { client, hold } = house
  const change = (statement: string) => client.unsafe(statement)
  const slug = 'individual'

  await renew(house, slug, '{"price": 30000}')
  const dearer = await hold('02-09')
  t.match(dearer, { status: 201, price: { amount: 30_000 }, dues: [{ amount: { amount: 30_000 } }] })
  t.match(await client`select version from bookings where id = ${dearer.id}`, [{ version: 2 }])

  await change(`update session_types set public = false where slug = '${slug}'`)
  t.match(await hold('02-10'), refused('no-such-session-type'))
  t.match(await hold('02-10'), refused('no-such-session-type'), 'once that is known, too')
  await change(`update session_types set public = true where slug = '${slug}'`)
  t.match(await hold('02-10'), { status: 201 })
  await change(`update session_types set slug = 'own' where slug = '${slug}'`)
  t.match(await hold('02-11'), refused('no-such-session-type'))
  t.match(await hold('02-11', { sessionType: 'own' }), { status: 201 })
  await change(`update session_types set slug = '${slug}' where slug = 'own'`)

  t.match(await hold('02-15', { therapist: 'alex' }), refused('not-offered'))
  await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(client, 'alex')
  t.match(await hold('02-15', { therapist: 'alex' }), { status: 201, appointments: [{ therapist: 'alex' }] })
  t.match(await hold('02-15'), { status: 201, appointments: [{ therapist: 'jessica' }] })
  t.match(await hold('02-15'), refused('slot-taken'))
  await change(`delete from offerings using resources r where r.id = resource_id and r.slug = 'jessica'`)
  t.match(await hold('02-16', { therapist: 'jessica' }), refused('not-offered'))
  t.match(await hold('02-16'), { status: 201, appointments: [{ therapist: 'alex' }] })

  await change(`
    with attic as (insert into resources (practice_id, id, kind, slug, name, zone)
      select practice_id, gen_random_uuid(), 'room', 'attic', 'Attic', zone from resources where slug = 'office' returning id)
    update places set room_id = attic.id from attic where slug = 'office'`)
  const upstairs = await hold('02-17', { place: 'office' })
  t.same(
    await client`
      select r.slug from appointments a join occupancy o on o.appointment_id = a.id join resources r on r.id = o.resource_id
      where a.booking_id = ${upstairs.id} order by slug`,
    [{ slug: 'alex' }, { slug: 'attic' }]
  )

  await change(`update resources set zone = 'America/Los_Angeles' where slug = 'alex'`)
  t.match(await hold('02-18'), refused('not-offered'), 'at 7:00 there')
  t.match(await hold('02-18T17:00'), { status: 201 })
  await change(`update resources set care = '{"perDay": 1}' where slug = 'alex'`)
  t.match(await hold('02-18T21:00'), refused('not-offered'), 'one a day is enough')
  await change(`update resources set care = null where slug = 'alex'`)
  t.match(await hold('02-18T21:00'), { status: 201 })

  await renew(house, slug, '{"rules": {"notice": 43200}}')
  t.match(await hold('02-22T21:00'), refused('too-soon'))
})

t.test('other hours are read with the next booking, what is taken with each', async t => {
  const { client, hold, db, scope } = await openKnown(t)
  const ofJessica = `from resources where slug = 'jessica'`
  const changes = {
    'other hours': {
      day: '02-09',
      change: 'update opening_hours set from_minute = 690 where from_minute = 540',
      undo: 'update opening_hours set from_minute = 540 where from_minute = 690',
      why: 'not-offered'
    },
    'a day that is closed': {
      day: '02-10',
      change: `insert into exceptions (practice_id, id, resource_id, date)
        select practice_id, gen_random_uuid(), id, '2027-02-10' ${ofJessica}`,
      undo: 'delete from exceptions',
      why: 'not-offered'
    },
    'a travel': {
      day: '02-11',
      change: `insert into travels (practice_id, id, resource_id, zone, first_day, last_day, keeps, video_only, created_at)
        select practice_id, gen_random_uuid(), id, 'Asia/Tokyo', '2027-02-10', '2027-02-12', 'local', false, '2027-01-01' ${ofJessica}`,
      undo: 'delete from travels',
      why: 'not-offered'
    },
    'an absence': {
      day: '02-15',
      change: `insert into time_off (practice_id, id, resource_id, during, created_at)
        select practice_id, gen_random_uuid(), id, '[2027-02-15T15:30:00Z,2027-02-15T16:00:00Z)', '2027-01-01' ${ofJessica}`,
      undo: 'delete from time_off',
      why: 'slot-taken'
    },
    'something outside': {
      day: '02-16',
      change: `with calendar as (
          insert into outside_calendars (practice_id, id, resource_id, kind, access, created_at, due_at, skipped)
          select practice_id, gen_random_uuid(), id, 'ics', '\\x00', '2027-01-01', '2028-01-01', 0 ${ofJessica}
          returning practice_id, id, resource_id)
        insert into outside_busy (practice_id, calendar_id, resource_id, during)
        select practice_id, id, resource_id, '[2027-02-16T15:30:00Z,2027-02-16T16:00:00Z)' from calendar`,
      undo: 'delete from outside_busy; delete from outside_calendars',
      why: 'slot-taken'
    }
  }
  for (const [what, { day, change, undo, why }] of Object.entries(changes)) {
    const known = await knownOffer(db, scope, 'individual')
    await client.unsafe(change)
    t.match(await hold(day), refused(why), what)
    await client.unsafe(undo)
    t.match(await hold(day), { status: 201 }, `without ${what}`)
    const isSame = (await knownOffer(db, scope, 'individual')) === known
    t.equal(isSame, why === 'slot-taken', `${what}: ${isSame ? 'nothing' : 'the offer'} was read anew for that`)
  }
})
