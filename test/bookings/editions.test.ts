import t from 'tap'
import { open, someone } from '../support/open.ts'

type House = Awaited<ReturnType<typeof open>>

const couple = (index: number | string) => ({ ...someone, email: `couple-${index}@example.com` })
const retreat = { sessionType: 'retreat', start: undefined }

async function firstEdition({ request }: House): Promise<string> {
  return (await request('GET', '/api/session-types/retreat/editions')).json().items[0].id
}

t.test('the dates of a retreat are public: their blocks without the day of rest, and open', async t => {
  const house = await open(t)
  const { request } = house
  const { items } = (await request('GET', '/api/session-types/retreat/editions')).json()
  t.equal(items.length, 2)
  t.same(Object.keys(items[0]).sort(), ['appointments', 'end', 'id', 'start', 'state'])
  t.equal(items[0].state, 'open')
  t.equal(items[0].appointments.length, 6)
  t.equal(items[0].start, items[0].appointments[0].start)
  t.equal(items[0].end, items[0].appointments[5].end)
  const quoted = await request('POST', '/api/session-types/retreat/quote', { edition: items[0].id })
  t.match(quoted.json(), {
    price: { amount: 480_000 },
    dues: [{ reason: 'deposit', amount: { amount: 144_000 } }, { reason: 'balance' }]
  })
  t.ok(quoted.json().appointments.every((one: { free: boolean }) => one.free))
})

t.test(
  'a seat is asked for, approved after a call with each, paid and confirmed: it has times, and takes none besides',
  async t => {
    const house = await open(t)
    const edition = await firstEdition(house)
    const booked = await house.book({ ...retreat, edition, person: couple(1), together: true })
    t.equal(booked.statusCode, 201, booked.body)
    t.match(booked.json(), { state: 'requested', payment: null, partnerLink: String })
    t.equal(booked.json().appointments.length, 6)
    const [row] = await house.client`select
    (select count(*)::int from occupancy o join appointments a on a.id = o.appointment_id where a.booking_id is not null) as taken,
    (select count(*)::int from participants p join appointments a on a.id = p.appointment_id where a.booking_id is not null) as there`
    t.match(row, { taken: 0, there: 6 })
  }
)
