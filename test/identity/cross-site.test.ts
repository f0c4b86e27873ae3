import t from 'tap'
import { openIdentity } from '../support/identity.ts'

const own = { 'sec-fetch-site': 'same-origin' }

t.test(
  'what a foreign page makes a browser send changes nothing; what says nothing needs the form’s token',
  async t => {
    const { request, signInByPage, signIn } = await openIdentity(t)
    const staff = await signInByPage()
    const page = await request('GET', '/page', { cookies: staff })
    const cookies = { ...staff, ...Object.fromEntries(page.cookies.map(({ name, value }) => [name, value])) }
    const { token: formToken } = page.json()
    const post = async (headers: Record<string, string>, payload: object, jar: Record<string, string> = cookies) =>
      (await request('POST', '/page', { cookies: jar, headers, payload })).statusCode
    t.equal(await post(own, { a: 1 }), 200)
    t.equal(await post({ origin: 'http://localhost:3000' }, { a: 1 }), 200)
    t.equal(await post({ 'sec-fetch-site': 'cross-site' }, { formToken }), 403, 'no token helps a foreign page')
    t.equal(await post({ 'sec-fetch-site': 'same-site' }, { formToken }), 403)
    t.equal(await post({ origin: 'http://evil.example' }, { formToken }), 403)
    const silent: Record<string, string>[] = [{}, { origin: 'null' }]
    for (const headers of silent) {
      t.equal(await post(headers, { formToken }), 200)
      t.equal(await post(headers, {}), 403)
      t.equal(await post(headers, { formToken: `${formToken}x` }), 403)
      t.equal(await post(headers, { formToken: [formToken, 'x'] }), 403)
      t.equal(await post(headers, { formToken }, staff), 403, 'the token of another browser')
      t.equal(
        await post(headers, { formToken }, { browser: cookies.browser ?? '' }),
        403,
        'the token of another sign-in'
      )
    }
    const refused = await request('POST', '/page', { payload: {} })
    t.match([refused.statusCode, refused.json().type], [403, '/problems/cross-site'], 'also where nobody is signed in')
    const form = new URLSearchParams({ formToken, name: 'Jo' }).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const taken = await request('POST', '/page', { cookies, headers: type, payload: form })
    t.strictSame(taken.json(), { took: { name: 'Jo' } }, 'the token is taken out before the form is read')
    const api = (headers: Record<string, string>, jar = {}) =>
      request('POST', '/api/staff', { headers, cookies: jar, payload: {} })
    t.equal(
      (await api({ 'sec-fetch-site': 'cross-site' }, staff)).statusCode,
      403,
      'a cookie at the API counts as a page'
    )
    t.equal((await api({}, staff)).statusCode, 403)
    t.equal((await api(own, staff)).statusCode, 200)
    const authorization = `Bearer ${(await signIn()).json().accessToken}`
    t.equal((await api({ authorization })).statusCode, 200, 'a program with its token has no page')
    t.equal((await request('POST', '/api/open', { payload: {} })).statusCode, 200, 'nor has one without a sign-in')
  }
)
