import t from 'tap'
import { openCalls } from '../support/calls.ts'
import { agree, listOf } from '../support/couple.ts'
import { someone } from '../support/open.ts'
import { answers, tokenOf } from '../support/partners.ts'
import { visitor } from '../web/visitor.ts'

type House = Awaited<ReturnType<typeof openCalls>>
const shownText = 'MARKED-SHARED'
/** A call of 20 minutes at 09:00 in New York, 10 minutes after it and 10 before a session for two: these starts are gone. */
const taken = ['2027-02-10T14:00:00Z', '2027-02-10T14:30:00Z']
const window = '/api/session-types/couples/slots?from=2027-02-08&to=2027-02-28&zone=America/New_York'

/** What each of nine partners does, in the order in which they come. */
const kinds: Readonly<Record<string, (house: House, token: string) => Promise<unknown>>> = {
  'never opened': async () => undefined,
  opened: async ({ request, partner }, token) => {
    await partner.get(`/p/${token}`)
    await request('GET', `/api/partner-invitations/${token}`)
  },
  question: (house, token) => say(house, token, answers.question),
  'concern kept': (house, token) => say(house, token, answers['a concern kept']),
  'concern shared': (house, token) => say(house, token, answers['a concern shared']),
  'not now': (house, token) => say(house, token, answers['not now, with a note']),
  'do not contact': (house, token) => say(house, token, answers['do not contact']),
  'call booked': async house => {
    const { confirmed } = await house.call({ email: 'partner@example.com' })
    t.match(confirmed.body, 'Your call is confirmed')
  },
  joined
}

t.test('nine kinds of partner look the same to whoever invited, but for what was shared', async t => {
  const house = await openCalls(t)
  const { request, app, client, clock, signInPerson, work } = house
  const booked = await house.confirmed({ sessionType: 'individual', start: '2027-02-09T15:00:00Z' })
  const made = (await request('POST', '/api/partner-invitations', { text: 'curiosity' }, booked.token)).json()
  const token = tokenOf(made.url)
  const other = await house.confirmed({
    sessionType: 'individual',
    start: '2027-02-11T15:00:00Z',
    person: { ...someone, name: 'Sam', email: 'partner@example.com' }
  })
  const feedOf = async (bearer: string) => {
    const { url } = (await request('POST', '/api/me/feeds', {}, bearer)).json()
    return new URL(String(url)).pathname
  }
  const feeds = { inviter: await feedOf(booked.token), partner: await feedOf(other.token) }

  // The inviter is signed in, too, and what was booked with their address is theirs by their own yes.
  const person = await signInPerson(someone.email)
  await request('PATCH', '/api/me/preferences', { name: someone.name }, person)
  const [proven] = await client<{ id: string }[]>`
    select id from people where proven_at is not null and id not in (select person_id from staff)`
  await client`update people set joined_to = ${proven?.id ?? ''} where id = (select booker_id from bookings where id = ${booked.id})`
  const [browser, signedIn] = [visitor(app), visitor(app)]
  signedIn.cookies.set('person', person)
  await signedIn.get('/me')
  const asBooker = async (url: string) => {
    const cookies = { [`b-${booked.id}`]: booked.token }
    return await app.inject({ url, cookies, headers: { host: 'localhost:3000', accept: 'text/html' } })
  }
  const asPerson = (url: string) => request('GET', url, undefined, person)

  /** All that the inviter can look at: with the link, signed in, by the booking, by nobody's name; and the free times. */
  const seen = async (): Promise<Record<string, string>> => {
    const looks = {
      'the link, by a browser': await browser.get(`/p/${token}`),
      'the link, by a program': await request('GET', `/api/partner-invitations/${token}`),
      'the link, signed in': await asPerson(`/api/partner-invitations/${token}`),
      'the link, by a browser that is signed in': await signedIn.get(`/p/${token}`),
      'their own page': await signedIn.get('/me'),
      'the page to share, signed in': await signedIn.get('/me/share'),
      'beginning together, by a browser': await signedIn.get('/me/start'),
      'the link’s page, with the booking’s cookie': await asBooker(`/p/${token}`),
      'what they made, by the booking': await request('GET', '/api/partner-invitations', undefined, booked.token),
      'what they made, signed in': await asPerson('/api/partner-invitations'),
      'the booking’s page': await asBooker(`/b/${booked.id}`),
      'the page to share': await asBooker(`/b/${booked.id}/share`),
      'the booking, by a program': await request('GET', `/api/bookings/${booked.id}`, undefined, booked.token),
      'beginning together, signed in': await asPerson('/api/me/start-together'),
      'the general page': await browser.get('/p'),
      'the inviter’s calendar': await request('GET', feeds.inviter),
      'the partner’s calendar': await request('GET', feeds.partner),
      'free times, by nobody': await request('GET', window),
      'free times, signed in': await asPerson(window)
    }
    return Object.fromEntries(
      Object.entries(looks).map(([name, { statusCode, headers, body }]) => {
        const { date: _, ...rest } = headers
        // A form's proof is bound to the browser, which these requests by hand are each anew; a sign-in goes on with use.
        const changing = /(name="formToken" value="|browser=)[\w-]+|"set-cookie":"person=[^"]+",/g
        const plain = `${JSON.stringify(rest)}${body}`.replace(changing, '$1')
        return [name, `${statusCode}${plain}`]
      })
    )
  }

  let before = await seen()
  for (const [name, look] of Object.entries(before)) t.match(look, /^200/, `${name} is there`)
  for (const [kind, act] of Object.entries(kinds)) {
    await act(house, token)
    await work()
    const after = await seen()
    for (const [name, look] of Object.entries(after)) {
      const isShared = kind === 'concern shared' && /what they made|page to share/.test(name)
      // A call takes the therapist's time, as anybody's does: from whoever looks, and from nobody by name.
      const isTaken = kind === 'call booked' && name.startsWith('free times')
      // By then whoever invited has agreed to it themselves.
      const hasBegun = kind === 'joined' && name === 'beginning together, by a browser'
      if (isShared)
        t.ok(look.includes(shownText) && !before[name]?.includes(shownText), `${name}: what was shared, after ${kind}`)
      else if (isTaken) t.strictSame(await goneTimes(before[name], look), taken, `${name}: only the call’s own time`)
      else if (hasBegun) t.match(look, 'The two of you', `${name}: what they agreed to, after ${kind}`)
      else t.equal(look, before[name], `${name}, after ${kind}`)
      t.notMatch(look, /MARKED-(?!SHARED)/)
    }
    before = after
    clock.move({ minutes: 1 })
  }
})

/** The starts that were free before and are not any more. */
async function goneTimes(before = '', after = ''): Promise<string[]> {
  const starts = (look: string) =>
    [...look.matchAll(/"start":"([^"]+)","end":"[^"]+","therapist"/g)].map(([, start = '']) => start)
  const left = new Set(starts(after))
  return [...new Set(starts(before).filter(start => !left.has(start)))]
}

async function say({ request }: House, token: string, given: object): Promise<void> {
  const { statusCode } = await request('POST', `/api/partner-invitations/${token}/answers`, given)
  if (statusCode !== 201) throw new Error(`The answer was refused: ${statusCode}`)
}

/** Each says yes, signed in for themselves; the therapist has spoken with each and says yes; then each agrees to the words. */
async function joined(house: House, token: string): Promise<void> {
  const { request, signIn, signInPerson } = house
  const [inviter, partner] = [await signInPerson(someone.email), await signInPerson('partner@example.com')]
  const say = (more: object, by: string) => request('POST', '/api/me/start-together', more, by)
  await say({ whom: 'Sam' }, inviter)
  await say({ whom: 'Jo', name: 'Sam', link: `http://localhost:3000/p/${token}` }, partner)
  const therapist = await signIn()
  const yeses = (await listOf(house, therapist)).map(({ id }: { id: string }) => id)
  const put = await request('POST', '/api/beginnings', { approved: true, yeses, spokenWithEach: true }, therapist)
  if (put.statusCode !== 200) throw new Error(`The two were not put together: ${put.body}`)
  for (const by of [partner, inviter]) await agree(house, by)
  const [couple] = await house.client`select count(*)::int as members from memberships where kind = 'couple'`
  t.same(couple, { members: 2 }, 'two belong together')
}
