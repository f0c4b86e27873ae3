import t from 'tap'
import { entriesOf } from '../support/feeds.ts'
import { couple, openRetreat } from '../support/retreat.ts'

/** How many entries all mails to an address bring to a calendar, or take out of it. */
function entriesBrought(
  mails: readonly { to: string; invitation?: { brings: string; calendar: string } | undefined }[],
  address: string,
  brings: 'REQUEST' | 'CANCEL'
): number {
  return mails
    .filter(({ to, invitation }) => to === address && invitation?.brings === brings)
    .reduce((sum, { invitation }) => sum + (invitation?.calendar.match(/BEGIN:VEVENT/g)?.length ?? 0), 0)
}

t.test(
  'two come to a retreat: asked for, a private call with each, the practice’s yes, the deposit; then both are there',
  async t => {
    const house = await openRetreat(t, { max: 2, approval: true })
    const { request, client, signInPerson, seat, pay, work, mails, edition, clock, staff } = house
    const [jo, sam] = [couple('jo'), couple('sam')]
    const booked = (await seat('jo', { together: true })).json()
    t.match(booked, { state: 'requested', payment: null })
    const joined = await request(
      'POST',
      `/api/bookings/${booked.id}/acceptance`,
      { answer: 'accept', link: booked.partnerLink },
      await signInPerson(sam.email)
    )
    t.equal(joined.statusCode, 200, joined.body)
    const early = await request('POST', `/api/bookings/${booked.id}/approval`, { approved: true }, staff)
    t.match(early.json(), { status: 409, type: '/problems/calls-first' })

    for (const [person, start] of [
      [jo, '2027-02-02T14:00:00Z'],
      [sam, '2027-02-02T15:00:00Z']
    ] as const) {
      const token = await signInPerson(person.email)
      if (person === jo) {
        const found = (await request('GET', '/api/me/found-bookings', undefined, token)).json()
        await request(
          'POST',
          '/api/me/found-bookings',
          { bookings: found.items.map(({ id }: { id: string }) => id) },
          token
        )
      }
      const call = await request(
        'POST',
        '/api/bookings',
        { sessionType: 'consultation', start, person, consent: { termsVersion: 1 } },
        token
      )
      t.equal(call.statusCode, 201, call.body)
      await work()
      const code = /\b\d{8}\b/.exec(
        mails.findLast(({ to, subject }) => to === person.email && subject === 'Your code')?.text ?? ''
      )
      const given = await request(
        'POST',
        `/api/bookings/${call.json().id}/confirmation`,
        { code: code?.[0] },
        call.json().token
      )
      t.equal(given.statusCode, 200, given.body)
    }
    clock.set('2027-02-02T16:00:00Z')
    await client`update participants set attendance = 'attended' where appointment_id in
    (select a.id from appointments a join bookings b on b.id = a.booking_id join session_types t on t.id = b.session_type_id where t.slug = 'consultation')`
    t.match((await request('GET', `/api/bookings/${booked.id}/calls`, undefined, await house.signIn())).json(), {
      items: [{ state: 'held' }, { state: 'held' }]
    })
    const approved = await request(
      'POST',
      `/api/bookings/${booked.id}/approval`,
      { approved: true },
      await house.signIn()
    )
    t.match(approved.json(), { state: 'held' }, approved.body)
    const reader = await house.openedBy(booked.id)
    await request('POST', `/api/bookings/${booked.id}/payment`, undefined, reader)
    mails.length = 0
    await pay(booked.id)
    t.match((await request('GET', `/api/bookings/${booked.id}`, undefined, reader)).json(), {
      state: 'confirmed',
      dues: [
        { reason: 'deposit', state: 'paid', amount: { amount: 144_000 } },
        { reason: 'balance', state: 'scheduled', dueAt: '2027-04-11T13:00:00Z' }
      ]
    })
    for (const { email } of [jo, sam]) t.equal(entriesBrought(mails, email, 'REQUEST'), 6, email)
    for (const { subject, text } of mails) t.notMatch(`${subject} ${text.slice(0, 140)}`, /retreat|couple|therap/i)
    t.equal(mails.filter(({ to }) => to === 'jessica@example.com').length, 1, 'the therapist hears of it once')
    const uids = await client<{ uid: string; person: string }[]>`
    select p.uid, p.person_id as person from participants p join appointments a on a.id = p.appointment_id where a.booking_id = ${booked.id}`
    t.same(
      [uids.length, new Set(uids.map(({ uid }) => uid)).size, new Set(uids.map(({ person }) => person)).size],
      [12, 12, 2]
    )

    const feedOf = async (token: string, path: string, body?: object) => {
      const { url } = (await request('POST', path, body, token)).json()
      const { body: text } = await house.app.inject({
        method: 'GET',
        url: new URL(url).pathname,
        headers: { host: 'localhost:3000' }
      })
      return entriesOf(text).filter(({ dtstart = '' }) => dtstart.startsWith('2027-06'))
    }
    t.equal((await feedOf(await signInPerson(sam.email), '/api/me/feeds')).length, 6, 'in the other’s own feed')
    const staffFeed = await feedOf(await house.signIn(), '/api/therapists/jessica/feeds', { style: 'names' })
    t.equal(staffFeed.length, 6, 'in the therapist’s each block stands once')
    t.ok(staffFeed.every(({ summary = '' }) => /^Appointment \w+$/.test(summary)))

    const roster = (await request('GET', `/api/editions/${edition}/roster`, undefined, await house.signIn())).json()
    t.match(roster.items, [
      { state: 'confirmed', paid: { amount: 144_000 }, owed: { amount: 336_000 }, people: { length: 2 } }
    ])

    clock.move({ hours: 2 })
    mails.length = 0
    const outcome = await request(
      'POST',
      `/api/bookings/${booked.id}/cancellation`,
      undefined,
      await house.openedBy(booked.id)
    )
    t.match(outcome.json(), {
      state: 'cancelled',
      refund: { amount: 119_000 },
      fee: { amount: 25_000 },
      band: '90-days'
    })
    await work()
    for (const { email } of [jo, sam]) t.equal(entriesBrought(mails, email, 'CANCEL'), 6, email)
    const [blocks] = await client<{ planned: number }[]>`
    select count(*)::int as planned from appointments where edition_id = ${edition} and state = 'planned'`
    t.equal(blocks?.planned, 7, 'the dates stay as they are')
  }
)

t.test('one couple has one seat; two couples know nothing of each other', async t => {
  const house = await openRetreat(t, { max: 4 })
  const { request, confirmedSeat, edition, signInPerson } = house
  const [first, second] = [await confirmedSeat('a'), await confirmedSeat('b')]
  const mine = await request('GET', `/api/bookings/${first.id}`, undefined, first.token)
  const theirs = await request('GET', `/api/bookings/${second.id}`, undefined, second.token)
  const idsOf = ({ appointments }: { appointments: { id: string }[] }) => appointments.map(({ id }) => id)
  t.same(
    idsOf(mine.json()).filter(id => idsOf(theirs.json()).includes(id)),
    [],
    'not even by an id'
  )
  for (const url of [`/api/bookings/${second.id}`, `/api/editions/${edition}/roster`])
    t.ok((await request('GET', url, undefined, first.token)).statusCode >= 401, url)
  const token = await signInPerson('twice@example.com')
  const book = () =>
    request(
      'POST',
      '/api/bookings',
      {
        sessionType: 'retreat',
        edition,
        person: { ...couple('x'), email: 'twice@example.com' },
        consent: { termsVersion: 1 }
      },
      token
    )
  t.equal((await book()).statusCode, 201)
  t.match((await book()).json(), { status: 409, type: '/problems/already-coming' })
  const wait = await request('POST', '/api/waitlist-entries', { edition }, token)
  t.equal(wait.statusCode, 202)
  t.same(await house.line(), [], 'who comes does not wait')
})
