import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { open } from '../support/open.ts'
import { colleague } from '../support/staff.ts'
import { valuesOf, visitor } from './visitor.ts'

type Test = Parameters<typeof open>[0]

async function signedIn(t: Test, email = 'jessica@example.com') {
  const house = await open(t)
  await colleague(house, 'alex', ['therapist'])
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email, password: staffPassword })
  return { ...house, browser }
}

t.test('a therapist is added on the page, and their password is shown there once', async t => {
  const { browser, signIn } = await signedIn(t)
  const page = await browser.get('/console/therapists')
  t.match(page.body, 'No bounds set')
  const typed = { name: 'Blair', slug: 'Blair!', email: 'blair@example.com' }
  const wrong = await browser.post('/console/therapists', typed)
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, /id="slug-fault"/)
  t.match(wrong.body, 'value="blair@example.com"', 'what was typed stays')
  const added = await browser.post('/console/therapists', { ...typed, slug: 'blair' })
  const [, password = ''] = /shown this once: <code>([^<]+)</.exec(added.body) ?? []
  t.ok(await signIn('blair@example.com', password))
  t.notMatch((await browser.get('/console/therapists')).body, password)
})

t.test('bounds are set on the page of a therapist: by themselves, and not by another', async t => {
  const { browser, request, signIn } = await signedIn(t, 'alex@example.com')
  const saved = await browser.post('/console/therapists/alex', { name: 'Alex', perDay: '4', most: '2', pause: '45' })
  t.equal(saved.headers.location, '/console/therapists/alex?saved=1', saved.body)
  const owner = await signIn()
  t.match((await request('GET', '/api/therapists', undefined, owner)).json().items[0], {
    name: 'Alex',
    care: { perDay: 4, inRow: { most: 2, pause: 45 } }
  })
  t.match((await browser.get('/console/therapists')).body, 'At most 4 sessions a day, 2 demanding ones in a row')
  const half = await browser.post('/console/therapists/alex', { name: 'Alex', most: '2', perWeek: 'many' })
  t.equal(half.statusCode, 422)
  t.match(half.body, /id="pause-fault"/)
  t.match(half.body, /id="perWeek-fault"/)
  t.match(half.body, 'value="many"')
  t.equal((await browser.post('/console/therapists/jessica', { name: 'J' })).statusCode, 403)
})

t.test(
  'a session type’s rules and who offers it are set on its page, and what stands there stays otherwise',
  async t => {
    const { browser, request, signIn } = await signedIn(t)
    const address = '/console/session-types/couples'
    const page = await browser.get(address)
    const etag = (valuesOf(page, 'etag')[0] ?? '').replaceAll('&#34;', '"')
    const form = { etag, public: 'yes', offered: ['alex video', 'jessica video'], therapists: '2', perClientWeek: '1' }
    const saved = await browser.post(address, { ...form, demanding: 'yes', first: ['consultation'] })
    t.equal(saved.headers.location, `${address}?saved=1`, saved.body)
    const settings = await request('GET', '/api/session-types/couples/settings', undefined, await signIn())
    t.match(settings.json(), {
      version: 2,
      rules: { before: 10, after: 15, therapists: 2, perClientWeek: 1, demanding: true, first: ['consultation'] },
      offerings: [
        { therapist: 'alex', place: 'video' },
        { therapist: 'jessica', place: 'video' }
      ]
    })
    t.match((await browser.get('/console/session-types')).body, 'two therapists, demanding')
    const stale = await browser.post(address, form)
    t.equal(stale.statusCode, 422, 'somebody changed it meanwhile')
    const now = (valuesOf(await browser.get(address), 'etag')[0] ?? '').replaceAll('&#34;', '"')
    const wrong = await browser.post(address, { ...form, etag: now, offered: ['alex video'], rest: '1' })
    t.match(wrong.body, /id="rest-fault"/)
    const alone = await browser.post(address, { ...form, etag: now, offered: ['alex video'] })
    t.match(alone.body, 'Two therapists sit together: name two at one place')
  }
)

t.test('places are added on the page', async t => {
  const { browser } = await signedIn(t)
  const wrong = await browser.post('/console/places', { 'place-name': 'Garden', 'place-slug': 'office' })
  t.match(wrong.body, /id="place-slug-fault"/)
  const made = await browser.post('/console/places', { 'place-name': 'Garden', 'place-slug': 'garden', room: 'yes' })
  t.equal(made.headers.location, '/console/therapists')
  t.match((await browser.get('/console/therapists')).body, 'Garden')
})

t.test('what can be taken along beside private days stands on the page of the session type', async t => {
  const { browser } = await signedIn(t)
  const page = (await browser.get('/console/session-types/intensive-2-day')).body
  t.match(page, 'Before and after')
  t.match(page, 'ends 48 hours or more before the first day, at most 42 days before it; as the client likes, $250 more')
  t.match(page, '28 to 56 days after the last day; as the client likes, $400 more')
  t.notMatch((await browser.get('/console/session-types/assessment')).body, 'Before and after')
})
