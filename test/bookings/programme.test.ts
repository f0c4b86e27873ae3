import t from 'tap'
import { open } from '../support/open.ts'

const tuesday = '2027-02-09T15:00:00Z'
const person = { name: 'Jo Delgado', email: 'jo@example.com', zone: 'America/New_York' }

interface Shown {
  who: string
  start?: string
  free?: boolean
  proposed?: boolean
  open?: { from: string; to: string }
  alternatives?: { start: string }[]
}

t.test('a programme is quoted as a whole schedule; the other’s own step without a time', async t => {
  const { request } = await open(t)
  const quote = (more: object = {}) =>
    request('POST', '/api/session-types/assessment/quote', { start: tuesday, place: 'video', ...more })
  const answer = await quote()
  t.equal(answer.statusCode, 200, answer.body)
  const { appointments, price, dues } = answer.json()
  t.match(appointments, [
    { who: 'both', start: tuesday, free: true },
    { who: 'first', start: '2027-02-10T14:00:00Z', free: true, proposed: true },
    { who: 'other' },
    { who: 'both', start: '2027-02-11T14:00:00Z', free: true, proposed: true }
  ])
  t.same(Object.keys(appointments[2]), ['who'])
  t.notOk(appointments[0].proposed)
  t.ok(appointments[1].alternatives.length > 0, 'each proposed step has other times')
  t.match(price, { amount: 140_000 })
  t.equal(dues.length, 1)

  const own = '2027-02-16T16:00:00Z'
  const changed = (await quote({ occurrences: [null, own, null, null] })).json().appointments as Shown[]
  t.equal(changed[1]?.start, own, 'what was chosen is kept')
  t.notOk(changed[1]?.proposed)
  t.ok((changed[3]?.start ?? '') > own, 'and the rest follows it')

  const left = (await quote({ occurrences: [null, 'open', null, null] })).json().appointments as Shown[]
  t.match(left[1], { who: 'first', open: { from: '2027-02-10T05:00:00Z', to: /^2027-02-1/ } })

  const liked = (await quote({ prefer: { days: ['thu'], from: '14:00' } })).json().appointments as Shown[]
  t.equal(liked[1]?.start, '2027-02-11T19:00:00Z')

  const wrong = await quote({ occurrences: [null, null, '2027-02-17T16:00:00Z', null] })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.json().errors, [{ pointer: '/occurrences/2', detail: /The other of you chooses this time/ }])
})

t.test('a programme is booked whole: steps that are open get no time, the other’s are reserved', async t => {
  const { book, client } = await open(t)
  const answer = await book({
    sessionType: 'assessment',
    start: tuesday,
    place: 'video',
    occurrences: [null, null, null, 'open'],
    together: true,
    person
  })
  t.equal(answer.statusCode, 201, answer.body)
  const booked = answer.json()
  t.equal(booked.state, 'requested')
  t.match(booked.appointments, [
    { who: 'both', start: tuesday },
    { who: 'first', start: '2027-02-10T14:00:00Z' },
    { who: 'other' },
    { who: 'both', open: { from: '2027-02-11T05:00:00Z' } }
  ])
  t.same(Object.keys(booked.appointments[2]), ['who'])
  const rows = await client`
    select a.ordinal, a.who, a.price::int, (select count(*)::int from participants p where p.appointment_id = a.id) as people,
      (select count(*)::int from occupancy o where o.appointment_id = a.id) as taken
    from appointments a where booking_id = ${booked.id} order by ordinal`
  t.same(
    rows.map(row => ({ ...row })),
    [
      { ordinal: 0, who: 'both', price: 45_000, people: 2, taken: 1 },
      { ordinal: 1, who: 'first', price: 25_000, people: 2, taken: 1 },
      // Nobody of the two: the time is kept for the other, who chooses.
      { ordinal: 2, who: 'second', price: 25_000, people: 1, taken: 1 }
    ]
  )
})
