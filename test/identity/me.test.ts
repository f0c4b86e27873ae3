import t from 'tap'
import { open, someone } from '../support/open.ts'

t.test('a person decides how they are called and written to, for themselves alone', async t => {
  const { request, signInPerson } = await open(t)
  const token = await signInPerson()
  const other = await signInPerson('al@example.com')
  const me = async (by = token) => (await request('GET', '/api/me', undefined, by)).json()
  const fresh = await me()
  t.match(fresh, {
    name: null,
    email: someone.email,
    zone: 'America/New_York',
    wording: 'discreet',
    calendarChoice: 'invitation',
    calendarTitle: null,
    sharedMailbox: false
  })
  const before = await me(other)
  const wanted = {
    name: ' J. ',
    zone: 'Europe/Paris',
    wording: 'plain',
    calendarChoice: 'file',
    calendarTitle: 'Dentist'
  }
  const saved = await request('PATCH', '/api/me/preferences', wanted, token)
  t.strictSame(saved.json(), { ...fresh, ...wanted, name: 'J.' })
  t.strictSame(await me(), saved.json())
  t.strictSame(await me(other), before)
  await request('PATCH', '/api/me/preferences', { calendarTitle: null }, token)
  t.match(await me(), { calendarTitle: null, name: 'J.', zone: 'Europe/Paris' }, 'what is left out stays')
  for (const [wrong, pointer] of [
    [{ wording: 'loud' }, '/wording'],
    [{ calendarChoice: 'pigeon' }, '/calendarChoice'],
    [{ zone: 'Mars/Base' }, '/zone'],
    [{ name: '' }, '/name'],
    [{ calendarTitle: 'a\nb' }, '/calendarTitle'],
    [{ email: 'x@example.com' }, '/email']
  ] as const)
    t.match((await request('PATCH', '/api/me/preferences', wrong, token)).json(), {
      status: 422,
      errors: [{ pointer }]
    })
})

t.test('a person sees where they are signed in, and ends any of it at once', async t => {
  const { request, signInPerson, clock } = await open(t)
  const one = await signInPerson()
  clock.move({ minutes: 1 })
  const two = await signInPerson()
  const stranger = await signInPerson('al@example.com')
  const devices = async (by: string) => (await request('GET', '/api/me/devices', undefined, by)).json().items
  const list = await devices(two)
  t.match(list, [{ current: true, trusted: false, device: 'lightMyRequest' }, { current: false }])
  t.equal(list.length, 2)
  t.equal((await request('DELETE', `/api/me/devices/${list[1].id}`, undefined, stranger)).statusCode, 404)
  t.equal((await request('GET', '/api/me', undefined, one)).statusCode, 200)
  t.equal((await request('DELETE', `/api/me/devices/${list[1].id}`, undefined, two)).statusCode, 204)
  t.equal((await request('GET', '/api/me', undefined, one)).statusCode, 401)
  t.equal((await devices(two)).length, 1)
  await signInPerson()
  t.equal((await request('DELETE', '/api/me/devices', undefined, two)).statusCode, 204)
  t.match(await devices(two), [{ current: true }])
})

t.test(
  'a device that was chosen to be trusted stays for thirty days, any other is over after twelve hours',
  async t => {
    const { request, work, mails, clock } = await open(t, { limits: { codesAnHour: 100 } })
    const signIn = async (trusted: boolean) => {
      const asked = (await request('POST', '/api/sign-in-links', { email: someone.email })).json()
      await work()
      const code = /Your code: (\d{8})/.exec(mails.at(-1)?.text ?? '')?.[1]
      return (await request('POST', '/api/sessions', { code, request: asked.request, trusted })).json().refreshToken
    }
    const [usual, trusted] = [await signIn(false), await signIn(true)]
    const refresh = (refreshToken: string) => request('POST', '/api/sessions/refresh', { refreshToken })
    let token = usual
    for (let minutes = 0; minutes + 40 < 12 * 60; minutes += 40) {
      clock.move({ minutes: 40 })
      const answer = await refresh(token)
      t.equal(answer.statusCode, 200)
      token = answer.json().refreshToken
    }
    clock.move({ minutes: 41 })
    t.equal((await refresh(token)).statusCode, 401, 'twelve hours after the sign-in, whatever was done since')
    clock.move({ days: 29 })
    const kept = await refresh(trusted)
    t.equal(kept.statusCode, 200)
    clock.move({ days: 1 })
    t.equal((await refresh(kept.json().refreshToken)).statusCode, 401)
  }
)

t.test('who never gave the code leaves nothing behind after a day; who did stays', async t => {
  const { request, signInPerson, work, minute, clock, client } = await open(t)
  const token = await signInPerson()
  await signInPerson()
  await request('POST', '/api/sign-in-links', { email: 'nobody@example.com' })
  await work()
  const counts = async () => {
    const [row] =
      await client`select (select count(*)::int from people) as people, (select count(*)::int from address_requests) as requests`
    return row
  }
  const [staff] = await client`select count(*)::int as n from staff`
  t.same(await counts(), { people: staff?.n + 3, requests: 3 })
  clock.move({ hours: 26 })
  await minute()
  t.same(await counts(), { people: staff?.n + 1, requests: 0 }, 'the one who signed in')
  t.equal((await request('GET', '/api/me', undefined, token)).statusCode, 401)
  t.ok(await signInPerson(), 'and is the same still')
  t.same(await client`select count(*)::int as n from people where proven_at is not null`, [{ n: staff?.n + 1 }])
})
