import t from 'tap'
import { open } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

const alex = { slug: 'alex', name: 'Alex Moreno', email: 'alex@example.com' }

t.test('the owner adds a therapist, who signs in with the password that is told once', async t => {
  const { request, signIn } = await open(t)
  const owner = await signIn()
  const care = { perDay: 4, inRow: { most: 2, pause: 60 } }
  const added = await request('POST', '/api/therapists', { ...alex, care }, owner)
  t.equal(added.statusCode, 201, added.body)
  t.match(added.json(), { slug: 'alex', name: 'Alex Moreno', zone: 'America/New_York', care })
  t.match(added.headers, { location: '/api/therapists/alex' })
  const token = await signIn(alex.email, added.json().password)
  const list = await request('GET', '/api/therapists', undefined, token)
  t.match(list.json().items, [
    { slug: 'alex', care },
    { slug: 'jessica', care: null }
  ])
  t.equal((await request('GET', '/api/therapists/alex/opening-hours', undefined, token)).json().hours.length, 0)
  const again = await request('POST', '/api/therapists', { ...alex, email: 'other@example.com' }, owner)
  t.match(again.json(), { status: 422, errors: [{ pointer: '/slug' }] })
  t.match((await request('POST', '/api/therapists', { ...alex, slug: 'al' }, owner)).json(), {
    errors: [{ pointer: '/email', detail: /“alex”/ }]
  })
  t.match(
    (await request('POST', '/api/therapists', { ...alex, slug: 'office', email: 'o@example.com' }, owner)).json(),
    {
      errors: [{ pointer: '/slug' }]
    }
  )
  t.equal((await request('POST', '/api/therapists', { ...alex, slug: 'b' }, token)).statusCode, 403)
})

t.test(
  'who works here already becomes a therapist with the address they sign in with; a client’s is refused',
  async t => {
    const house = await open(t)
    const { request, signIn, signInPerson } = house
    await colleague(house, 'casey', ['assistant'])
    const owner = await signIn()
    const casey = { slug: 'casey', name: 'Casey', email: 'CASEY@example.com' }
    const added = await request('POST', '/api/therapists', casey, owner)
    t.match(added.json(), { slug: 'casey', password: null }, added.body)
    const token = await signIn('casey@example.com')
    const hours = { zone: 'America/New_York', hours: [{ days: ['mon'], from: '09:00', to: '12:00' }], exceptions: [] }
    t.equal((await request('PUT', '/api/therapists/casey/opening-hours', hours, token)).statusCode, 200)
    await signInPerson('jo@example.com')
    const client = await request('POST', '/api/therapists', { slug: 'jo', name: 'Jo', email: 'jo@example.com' }, owner)
    t.match(client.json(), { status: 422, errors: [{ pointer: '/email' }] })
  }
)

t.test('a therapist changes their own bounds, the owner anybody’s, and slots follow at once', async t => {
  const house = await open(t)
  const { request, signIn, book } = house
  const { token } = await colleague(house, 'alex', ['therapist'])
  const owner = await signIn()
  const change = (slug: string, body: object, by: string) => request('PATCH', `/api/therapists/${slug}`, body, by)
  t.match((await change('alex', { care: { perWeek: 10 } }, token)).json(), { care: { perWeek: 10 } })
  t.equal((await change('jessica', { care: { perDay: 1 } }, token)).statusCode, 403)
  const slots = async () =>
    (await request('GET', '/api/session-types/individual/slots?from=2027-02-09&to=2027-02-09&zone=UTC')).json().slots
  await book()
  t.ok((await slots()).length > 0)
  t.equal((await change('jessica', { care: { perDay: 1 } }, owner)).statusCode, 200)
  t.same(await slots(), [], 'the day is full for every type')
  const refused = await book({ sessionType: 'individual', start: '2027-02-09T19:00:00Z' })
  t.match(refused.json(), { status: 422, type: '/problems/not-offered' })
  t.match((await change('jessica', { care: null }, owner)).json(), { care: null })
  t.ok((await slots()).length > 0)
  t.match((await change('jessica', {}, owner)).json(), { status: 422 })
  t.match((await change('jessica', { care: { perDay: 0 } }, owner)).json(), { errors: [{ pointer: '/care/perDay' }] })
  t.match((await change('nobody', { name: 'N' }, owner)).json(), { type: '/problems/no-such-therapist' })
})

t.test('places are added and changed: a room has one session at a time, others any number', async t => {
  const { request, signIn, client } = await open(t)
  const owner = await signIn()
  const garden = { slug: 'garden', name: 'Garden room', room: true, address: '48 West 20th Street, New York' }
  t.match((await request('POST', '/api/places', garden, owner)).json(), garden)
  t.match((await request('POST', '/api/places', garden, owner)).json(), { errors: [{ pointer: '/slug' }] })
  const link = 'https://video.example.com/two'
  t.match((await request('PATCH', '/api/places/garden', { link, address: null }, owner)).json(), {
    name: 'Garden room',
    room: true,
    address: null,
    link
  })
  t.match((await request('PATCH', '/api/places/garden', { link: 'http://a.example' }, owner)).json(), { status: 422 })
  t.match((await request('GET', '/api/places', undefined, owner)).json().items, [
    { slug: 'garden' },
    { slug: 'office', room: true },
    { slug: 'video', room: false }
  ])
  t.equal((await client`select 1 from resources where kind = 'room' and slug = 'garden'`).length, 1)
})
