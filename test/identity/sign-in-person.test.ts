import t from 'tap'
import { open, someone } from '../support/open.ts'

const codeIn = (text = '') => /Your code: (\d{8})/.exec(text)?.[1] ?? ''

t.test(
  'who gives the mailed code is signed in, as the same person each time, for as long as a person may be idle',
  async t => {
    const { request, signInPerson, clock } = await open(t)
    const first = await signInPerson()
    const claims = JSON.parse(Buffer.from(first.split('.')[1] ?? '', 'base64url').toString())
    t.match(claims, { kind: 'person' })
    t.equal(claims.exp - claims.iat, 900)
    const again = JSON.parse(
      Buffer.from((await signInPerson(' Jo@EXAMPLE.com '.trim())).split('.')[1] ?? '', 'base64url').toString()
    )
    t.equal(again.sub, claims.sub, 'however the address was typed')
    t.equal((await request('DELETE', '/api/sessions/current', undefined, first)).statusCode, 204)
    t.equal((await request('DELETE', '/api/sessions/current', undefined, first)).statusCode, 401)
    clock.move({ minutes: 1 })
  }
)

t.test('a code works once, in its own request, for ten minutes, and five wrong ones end it', async t => {
  const { request, work, mails, clock } = await open(t, { limits: { codesAnHour: 100 } })
  const ask = async () => {
    const asked = (await request('POST', '/api/sign-in-links', { email: someone.email })).json().request
    await work()
    return { request: asked, code: codeIn(mails.at(-1)?.text) }
  }
  const give = async (body: object) => (await request('POST', '/api/sessions', body)).json()
  const [one, two] = [await ask(), await ask()]
  t.match(await give({ ...one, request: two.request }), one.code === two.code ? {} : { type: '/problems/wrong-code' })
  t.ok((await give(one)).accessToken, 'an earlier request works still')
  t.match(await give(one), { type: '/problems/code-spent' })
  const three = await ask()
  const wrong = three.code === '00000000' ? '00000001' : '00000000'
  for (let count = 0; count < 5; count++)
    t.match(await give({ ...three, code: wrong }), { type: '/problems/wrong-code' })
  t.match(await give(three), { type: '/problems/code-spent' })
  const four = await ask()
  clock.move({ minutes: 10 })
  t.match(await give(four), { type: '/problems/code-spent' })
  t.match(await give({ ...four, request: '018f0000-0000-7000-8000-000000000000' }), { type: '/problems/code-spent' })
})

t.test('a refresh token of a person works once; the second time the whole sign-in ends', async t => {
  const { request, work, mails, clock } = await open(t)
  const asked = (await request('POST', '/api/sign-in-links', { email: someone.email })).json()
  await work()
  const code = codeIn(mails.at(-1)?.text)
  const signed = (await request('POST', '/api/sessions', { code, request: asked.request })).json()
  clock.move({ minutes: 44 })
  const next = await request('POST', '/api/sessions/refresh', { refreshToken: signed.refreshToken })
  t.equal(next.statusCode, 200, 'a quarter of an hour of work, then nearly half an hour idle')
  const { accessToken, refreshToken } = next.json()
  t.equal((await request('POST', '/api/sessions/refresh', { refreshToken: signed.refreshToken })).statusCode, 401)
  t.equal((await request('POST', '/api/sessions/refresh', { refreshToken })).statusCode, 401)
  t.equal((await request('DELETE', '/api/sessions/current', undefined, accessToken)).statusCode, 401)
  await work()
  t.match(
    mails.at(-1),
    { to: someone.email, subject: 'Your sign-in', text: /used a second time/ },
    'and its person is told'
  )
})
