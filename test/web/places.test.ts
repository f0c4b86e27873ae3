import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { aStart, open, someone } from '../support/open.ts'
import { colleague } from '../support/staff.ts'
import { visitor } from './visitor.ts'

const here = /<nav class="own-places"[\s\S]*?aria-current="page"[^>]*>([^<]+)</

t.test('each of a person’s own pages has the menu that leads to all of them', async t => {
  const house = await open(t)
  const browser = visitor(house.app)
  browser.cookies.set('person', await house.signInPerson(someone.email))
  const places = {
    '/me': 'Appointments',
    '/me/start': 'Together',
    '/me/share': 'A page to share',
    '/me/preferences': 'Mails',
    '/me/feeds': 'Calendar',
    '/me/sign-in': 'Sign-in',
    '/me/second-step': 'Sign-in',
    '/me/mailbox': 'Sign-in',
    '/me/address': 'Sign-in'
  }
  for (const [address, name] of Object.entries(places))
    t.equal(here.exec((await browser.get(address)).body)?.[1], name, address)
})

t.test('who would begin together reads first whom to call, and where to talk alone', async t => {
  const house = await open(t)
  const browser = visitor(house.app)
  browser.cookies.set('person', await house.signInPerson(someone.email))
  t.match((await browser.get('/me/start')).body, /aria-label="In an emergency"[\s\S]*With whom[\s\S]*\/contact#reach/)
})

for (const isSetUp of [true, false])
  t.test(
    `a page to share is made after a first booking, where the practice has ${isSetUp ? '' : 'not '}chosen what it keeps secret`,
    async t => {
      const { app, signInPerson, request, client } = await open(t)
      if (!isSetUp) await client`update practices set policies = policies - 'secrets'`
      const token = await signInPerson(someone.email)
      const browser = visitor(app)
      browser.cookies.set('person', token)
      const before = await browser.get('/me/share')
      t.match(before.body, /comes with your first appointment[\s\S]*href="\/page-to-share"/)
      t.notMatch(before.body, 'Make the page')
      const wanted = { sessionType: 'individual', start: aStart, consent: { termsVersion: 1 } }
      t.equal((await request('POST', '/api/bookings', wanted, token)).statusCode, 201)
      const [right, wrong] = ['Make the page', 'The practice first decides what it keeps secret']
      const { body } = await browser.get('/me/share')
      t.equal(body.includes(right), isSetUp)
      t.equal(body.includes(wrong), !isSetUp)
    }
  )

t.test('from a booking staff come to its client; whoever may not read clients finds no way there', async t => {
  const house = await open(t)
  const { id } = (await house.book()).json()
  const pageOf = async (email: string) => {
    const browser = visitor(house.app)
    await browser.post('/console/sign-in', { email, password: staffPassword })
    const booking = await browser.get(`/console/bookings/${id}`)
    return { browser, client: /href="(\/console\/clients\/[^"]+)"/.exec(booking.body)?.[1] }
  }
  const { browser, client } = await pageOf('jessica@example.com')
  t.match(await browser.get(client ?? 'nowhere'), { statusCode: 200, body: new RegExp(`/console/bookings/${id}`) })
  for (const [slug, role] of [
    ['bill', 'billing'],
    ['rivka', 'therapist']
  ] as const) {
    await colleague(house, slug, [role])
    t.equal((await pageOf(`${slug}@example.com`)).client, undefined, role)
  }
})
