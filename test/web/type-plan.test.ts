import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { open } from '../support/open.ts'
import { visitor } from './visitor.ts'

async function owner(test: Parameters<typeof open>[0]) {
  const house = await open(test)
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const staff = await house.signIn()
  const settings = async (slug: string) =>
    (await house.request('GET', `/api/session-types/${slug}/settings`, undefined, staff)).json()
  return { ...house, browser, staff, settings }
}

/** What a browser would send of the form with the plan, as it came. */
function formOf(body: string): Record<string, string> {
  const form = body.slice(body.indexOf('name="etag"') - 200)
  const values: Record<string, string> = {}
  const plain = (text: string) =>
    text
      .replace(/&#34;|&quot;/g, '"')
      .replace(/&#39;|&apos;/g, "'")
      .replace(/&amp;/g, '&')
      .replace(/&#x2019;/g, '’')
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(tag)?.[1]
    if (!name || (/type="checkbox"/.test(tag) && !/ checked/.test(tag))) continue
    values[name] = plain(/ value="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  for (const [, name = '', options = ''] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    values[name] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? ''
  for (const [, name = '', text = ''] of form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>(.*?)<\/textarea>/gs))
    values[name] = plain(text)
  return values
}

t.test('saved as it is, a session type of any kind stays what it is', async t => {
  const { browser, request, settings, staff } = await owner(t)
  const { items } = (await request('GET', '/api/session-types', undefined, staff)).json()
  t.ok(items.length >= 10)
  for (const { slug } of items) {
    const before = await settings(slug)
    const address = `/console/session-types/${slug}/plan`
    const saved = await browser.post(address, { ...formOf((await browser.get(address)).body), do: 'save' })
    t.equal(saved.headers.location, `${address}?saved=1`, `${slug} ${/faults.*/s.exec(saved.body)?.[0].slice(0, 600)}`)
    t.same(await settings(slug), before, slug)
  }
})

t.test('private days get other blocks, another price and other terms, and are booked so from then on', async t => {
  const { browser, request, settings } = await owner(t)
  const address = '/console/session-types/intensive-2-day/plan'
  const before = await settings('intensive-2-day')
  const typed = Object.fromEntries(
    Object.entries(formOf((await browser.get(address)).body)).filter(([name]) => !/^(seg|band)-/.test(name))
  )
  const block = (index: number, day: string, at: string, minutes: string) =>
    Object.fromEntries(
      Object.entries({ when: 'day', day, at, minutes, who: 'both' }).map(([name, value]) => [
        `seg-${index}-${name}`,
        value
      ])
    )
  const band = (index: number, notice: string, unit: string, keep: string, of: string) =>
    Object.fromEntries(
      Object.entries({ notice, unit, keep, of }).map(([name, value]) => [`band-${index}-${name}`, value])
    )
  const weekend = {
    ...block(0, '1', '14:00', '240'),
    ...block(1, '2', '09:00', '480'),
    ...block(2, '3', '09:00', '240')
  }
  const form = {
    ...typed,
    ...weekend,
    ...band(0, '30', 'days', '250.50', 'fixed'),
    ...band(1, '14', 'days', '50', 'deposit'),
    ...band(2, '0', 'hours', '100', 'price'),
    price: '5100',
    reminders: '840, 400'
  }
  const look = await browser.post(address, { ...form, do: 'look' })
  t.equal(look.statusCode, 200)
  t.match(look.body, /14:00–18:00[\s\S]*09:00–17:00[\s\S]*09:00–13:00/, 'shown before it is saved')
  t.same(await settings('intensive-2-day'), before, 'and nothing is saved by looking')
  const saved = await browser.post(address, { ...form, do: 'save' })
  t.equal(saved.headers.location, `${address}?saved=1`, saved.body)
  const { plan, price, policy, rules, version } = await settings('intensive-2-day')
  t.same(
    plan.segments.slice(0, 3).map(({ day, at, minutes }: Record<string, unknown>) => [day, at, minutes]),
    [
      [0, '14:00', 240],
      [1, '09:00', 480],
      [2, '09:00', 240]
    ]
  )
  t.equal(price.amount, 510_000)
  t.equal(version, before.version + 1)
  t.same(rules.reminders, [840, 400])
  t.same(policy.bands, [
    { notice: { days: 30 }, keep: { fixed: 25_050 } },
    { notice: { days: 14 }, keep: { percentOfDeposit: 50 } },
    { notice: { hours: 0 }, keep: { percentOfPrice: 100 } }
  ])
  const { slots } = (
    await request('GET', '/api/session-types/intensive-2-day/slots?from=2027-03-01&to=2027-03-20&zone=America/New_York')
  ).json()
  t.equal(slots.length, 0, 'no day of this practice has such hours: nobody can book what is not there')
})

t.test('rows come and go without being saved, and each thing that is not right is said at its field', async t => {
  const { browser, settings, request, staff } = await owner(t)
  const address = '/console/session-types/couples/plan'
  const page = formOf((await browser.get(address)).body)
  const before = await settings('couples')
  const more = formOf((await browser.post(address, { ...page, do: 'add seg' })).body)
  t.ok('seg-1-minutes' in more)
  const less = formOf((await browser.post(address, { ...more, do: 'remove seg-0' })).body)
  t.same([less['seg-0-minutes'], 'seg-1-minutes' in less], ['50', false])
  t.ok('band-2-keep' in formOf((await browser.post(address, { ...page, do: 'add band' })).body))
  t.same(await settings('couples'), before)
  for (const [wrong, field] of [
    [{ 'seg-0-minutes': 'long' }, 'seg-0-minutes'],
    [{ price: '12.345' }, 'price'],
    [{ name: '' }, 'name'],
    [{ reminders: '' }, 'reminders'],
    [{ 'band-0-notice': 'x' }, 'band-0-notice'],
    [{ pay: 'deposit', percent: '', daysBefore: '' }, 'percent']
  ] as const) {
    const refused = await browser.post(address, { ...page, ...wrong, do: 'save' })
    t.equal(refused.statusCode, 422, field)
    t.match(refused.body, `id="${field}-fault"`, field)
    t.match(refused.body, `href="#${field}"`)
  }
  t.same(await settings('couples'), before)
  await request('PATCH', '/api/session-types/couples', { description: 'Meanwhile' }, staff)
  const late = await browser.post(address, { ...page, do: 'save' })
  t.equal(late.statusCode, 422)
  t.match(late.body, 'Somebody changed this session type after you read it')
})

t.test('a session type more begins like another one, unseen until it is opened', async t => {
  const { browser, request, settings } = await owner(t)
  const wrong = await browser.post('/console/session-types', { like: 'intensive-2-day', name: '', slug: 'A b' })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, /id="name-fault"[\s\S]*id="slug-fault"/)
  const taken = await browser.post('/console/session-types', { like: 'couples', name: 'Twice', slug: 'couples' })
  t.match(taken.body, 'There is a session type “couples” already')
  const form = { like: 'intensive-2-day', name: 'A weekend', slug: 'weekend' }
  const added = await browser.post('/console/session-types', form)
  t.equal(added.headers.location, '/console/session-types/weekend/plan', added.body)
  t.match(await settings('weekend'), { name: 'A weekend', public: false, kind: 'intensive' })
  t.same((await settings('weekend')).plan, (await settings('intensive-2-day')).plan)
  t.equal((await request('GET', '/api/session-types/weekend')).statusCode, 404, 'clients do not see it yet')
})
