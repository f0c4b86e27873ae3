import t, { type Test } from 'tap'
import { makeFeed } from '../../src/calendars/make-feed.ts'
import { cookieNames } from '../../src/identity/cookies.ts'
import { joint, renew } from '../support/joint.ts'
import { open } from '../support/open.ts'
import { agreed } from '../support/programme.ts'
import { withoutRandom } from '../support/random.ts'
import { visitor } from '../web/visitor.ts'

t.setTimeout(240_000)

/** Far from each time that either of the two chooses here: what is free then depends on nothing of theirs. */
const far = 'from=2027-03-02'

/**
 * A programme in its course, each of the two signed in, and everything that one of them can read of it, by every way. The clock
 * stands still: what differs, differs by what the other did.
 */
async function inCourse(t: Test) {
  const occurrences = [null, '2027-02-17T15:00:00Z', null, '2027-02-25T15:00:00Z']
  const house = await agreed(t, { occurrences })
  const { app, client, clock, deps, id, mails, request, scope, signInPerson, signIn, steps, work } = house
  clock.set('2027-02-10T12:00:00Z')
  await client`update appointments set state = 'done' where booking_id = ${id} and ordinal = 0`
  const tokens = { jo: await signInPerson('jo@example.com'), sam: await signInPerson('sam@example.com') }
  await request('POST', '/api/me/found-bookings', { bookings: [id] }, tokens.jo)
  await work()
  const [row] = await client<{ couple: string; jo: string; sam: string }[]>`
    select b.client_id as couple, b.booker_id as jo, m.person_id as sam from bookings b
    join memberships m on m.client_id = b.client_id and m.person_id <> b.booker_id where b.id = ${id} limit 1`
  const feed = async (person: string) =>
    new URL((await makeFeed(deps, scope, { kind: 'anonymous' }, person, { scope: 'client', style: 'code' })).url)
      .pathname
  const feeds = { jo: await feed(row?.jo ?? ''), sam: await feed(row?.sam ?? '') }
  const own = { jo: [steps[1], steps[3]], sam: [steps[2], steps[3]] }

  const heard = async (who: 'jo' | 'sam') => {
    await client`delete from cancellation_quotes`
    const browser = visitor(app)
    browser.cookies.set(cookieNames(deps.settings).person, tokens[who])
    const all = new Map<string, string>()
    const pages = ['', '/cancellation', '/appointment.ics', `/steps/${who === 'jo' ? 2 : 1}`]
    const each = own[who].flatMap(step => [`/call-off?appointment=${step?.id}`, `/move?appointment=${step?.id}&${far}`])
    for (const path of ['/me', `/me/leaving/${row?.couple}`, ...[...pages, ...each].map(page => `/b/${id}${page}`)])
      all.set(path, (await browser.get(path)).body)
    const asked = [
      `/api/bookings/${id}`,
      `/api/bookings/${id}/cancellation`,
      '/api/me/bookings',
      '/api/me/bookings?from=2027-02-18T00:00:00Z&to=2027-02-25T00:00:00Z',
      `/api/me/memberships/${row?.couple}`,
      ...own[who].map(step => `/api/appointments/${step?.id}/cancellation`),
      ...steps.filter(step => !own[who].includes(step)).map(step => `/api/appointments/${step.id}/cancellation`)
    ]
    for (const path of asked) all.set(path, (await request('GET', path, undefined, tokens[who])).body)
    const theirs = who === 'jo' ? 2 : 1
    const wish = { step: theirs, start: '2027-02-19T15:00:00Z' }
    all.set('their step', (await request('POST', `/api/bookings/${id}/steps`, wish, tokens[who])).body)
    all.set('feed', (await app.inject({ url: feeds[who], headers: { host: 'localhost:3000' } })).body)
    all.set('export', (await request('POST', '/api/me/export', undefined, tokens[who])).body)
    return new Map([...all].map(([path, body]) => [path, withoutRandom(body)]))
  }

  /** What somebody does with their own step, one thing after the other; each leaves it otherwise than before. */
  const does = (who: 'jo' | 'sam'): [string, () => Promise<unknown>][] => {
    const number = who === 'jo' ? 1 : 2
    const path = `/api/appointments/${steps[number]?.id}`
    const at = (start: string) => request('POST', `${path}/move`, { start }, tokens[who])
    const set = (state: string, start: string) => client`
      update appointments set state = ${state}, starts_at = ${start}, ends_at = ${start}::timestamptz + interval '50 minutes'
      where id = ${steps[number]?.id ?? ''}`
    return [
      // To find a time that was kept is no move; so the other of the two has one more than whoever booked.
      ...(who === 'sam' ? [['chooses a time', () => at('2027-02-23T21:00:00Z')] satisfies [string, unknown]] : []),
      ['moves it', () => at('2027-02-23T20:00:00Z')],
      ['moves it once more', () => at('2027-02-22T20:00:00Z')],
      ['asks the practice for one more', () => at('2027-02-23T21:00:00Z')],
      ['calls it off', () => request('POST', `${path}/cancellation`, undefined, tokens[who])],
      [
        'lays it anew',
        () => request('POST', `/api/bookings/${id}/steps`, { step: number, start: '2027-02-22T20:00:00Z' }, tokens[who])
      ],
      [
        'hears that the practice calls it off',
        async () => request('POST', `${path}/cancellation`, undefined, await signIn())
      ],
      ['was there', () => set('done', '2027-02-09T20:00:00Z')],
      ['missed it', () => set('missed', '2027-02-09T20:00:00Z')],
      ['let it fall late', () => set('skipped', '2027-02-09T20:00:00Z')]
    ]
  }
  return { work, mails, heard, does }
}

for (const [who, other] of [
  ['jo', 'sam'],
  ['sam', 'jo']
] as const)
  t.test(
    `whatever ${other} does with a step of their own, ${who} reads the same everywhere, and gets no mail`,
    async t => {
      const { heard, does, work, mails } = await inCourse(t)
      const before = await heard(who)
      t.match(before.get(`their step`), '/problems/not-allowed')
      for (const [what, act] of does(other)) {
        mails.splice(0)
        const done = (await act()) as { statusCode?: number; body?: string }
        if (done?.statusCode) t.ok(done.statusCode < 300, `${what}: ${done.body}`)
        await work()
        const after = await heard(who)
        for (const [path, body] of before) t.equal(after.get(path), body, `${other} ${what}: ${path}`)
        t.same(
          mails.filter(({ to }) => to === `${who}@example.com`).map(({ text }) => text),
          [],
          `${other} ${what}`
        )
      }
    }
  )

t.test('nor does the booker of private days read what the other does with the conversation before them', async t => {
  const house = await open(t)
  const { app, client, deps, request, signInPerson, work, mails } = house
  await client`update opening_hours set from_minute = 540, to_minute = 1080, days = '{1,2,3,4,5}'`
  await renew(house, 'intensive-2-day', '{"rules": {"approval": false, "callEach": false}}')
  const occurrences = [null, null, null, null, '2027-02-22T14:00:00Z', 'propose', 'open']
  const wish = { sessionType: 'intensive-2-day', start: '2027-03-08T14:00:00Z', occurrences }
  const { id } = await joint(house, 'sam@example.com', wish)
  const [step] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 5`
  const [first] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 0`
  const [own] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 4`
  const jo = await house.openedBy(id)
  const sam = await signInPerson('sam@example.com')
  const browser = visitor(app)
  browser.cookies.set(cookieNames(deps.settings).booking(id), jo)
  const heard = async () => {
    await client`delete from cancellation_quotes`
    const pages = ['', '/cancellation', '/appointment.ics', '/steps/6', '/steps/5']
    const moves = [first, own].map(one => `/move?appointment=${one?.id}&from=2027-03-20`)
    // What moving the days would mean for their steps is said before the click.
    const days = `/move?appointment=${first?.id}&start=2027-03-22T13:00:00Z`
    const all: [string, string][] = []
    for (const page of [...pages, ...moves, days]) all.push([page, (await browser.get(`/b/${id}${page}`)).body])
    for (const path of [
      `/api/bookings/${id}`,
      `/api/bookings/${id}/cancellation`,
      `/api/appointments/${step?.id}/cancellation`
    ])
      all.push([path, (await request('GET', path, undefined, jo)).body])
    return all.map(([path, body]) => [path, withoutRandom(body)] as const)
  }
  const before = await heard()
  t.match(before.find(([path]) => path === '/steps/5')?.[1], /Not found|There is no|has its time/)
  const move = (start: string) => request('POST', `/api/appointments/${step?.id}/move`, { start }, sam)
  const set = (state: string, start: string) => client`
    update appointments set state = ${state}, starts_at = ${start}, ends_at = ${start}::timestamptz + interval '50 minutes'
    where id = ${step?.id ?? ''}`
  for (const [what, act] of [
    ['moves it', () => move('2027-03-02T15:00:00Z')],
    ['moves it on', () => move('2027-02-18T15:00:00Z')],
    ['has no time any more', () => set('cancelled', '2027-02-18T15:00:00Z')],
    ['was there', () => set('done', '2027-01-30T15:00:00Z')],
    ['missed it', () => set('missed', '2027-01-30T15:00:00Z')]
  ] as const) {
    mails.splice(0)
    const done = (await act()) as { statusCode?: number; body?: string }
    if (done?.statusCode) t.ok(done.statusCode < 300, `${what}: ${done.body}`)
    await work()
    const after = new Map(await heard())
    for (const [path, body] of before) t.equal(after.get(path), body, `the other ${what}: ${path}`)
    t.same(
      mails.filter(({ to }) => to === 'jo@example.com'),
      [],
      what
    )
  }
})
