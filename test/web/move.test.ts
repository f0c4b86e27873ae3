import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { open } from '../support/open.ts'
import { valuesOf, visitor } from './visitor.ts'

t.test(
  'a move to a time that is no longer free to cancel says so before the click, and is not made for less',
  async t => {
    const { app, deps, confirmed, openedBy, clock } = await open(t)
    const { id } = await confirmed({ sessionType: 'individual' })
    const near = '2027-02-04T15:00:00Z'
    clock.set('2027-02-02T14:58:00Z')
    const browser = visitor(app)
    browser.cookies.set(cookieNames(deps.settings).booking(id), await openedBy(id))
    const free = await browser.post(`/b/${id}/move`, { start: near })
    t.match(free.body, 'Until Tue 2 Feb, 10:00 EST you get $250 back. After that nothing.')
    const back = valuesOf(free, 'back')[0] ?? ''
    t.equal(back, '25000')
    clock.set('2027-02-02T15:00:01Z')
    const late = await browser.post(`/b/${id}/move`, { start: near, back })
    t.match(late, { statusCode: 409, body: /What comes back has changed meanwhile/ })
    t.match(late.body, 'This time is so near that nothing comes back if you cancel.')
    t.match(late.body, 'Until Sun 7 Feb, 10:00 EST you get $250 back. After that nothing.', 'as it is now')
    t.match((await browser.get(`/b/${id}`)).body, 'Tue 9 Feb,', 'nothing was moved')
    const sure = await browser.post(`/b/${id}/move`, { start: near, back: valuesOf(late, 'back')[0] ?? '' })
    t.equal(sure.statusCode, 303)
    t.match((await browser.get(`/b/${id}`)).body, 'This time is so near that nothing comes back if you cancel.')
    t.same(valuesOf(await browser.get(`/b/${id}/cancellation`), 'refund'), ['0'], 'as was said')
  }
)

t.test('a time that the practice suggests says before the yes what would come back once it is moved', async t => {
  const { app, deps, request, confirmed, openedBy, signIn, clock } = await open(t)
  const { id, appointment } = await confirmed()
  clock.set('2027-02-03T14:50:00Z')
  await request('POST', `/api/appointments/${appointment}/move`, { start: '2027-02-05T15:00:00Z' }, await signIn())
  const browser = visitor(app)
  browser.cookies.set(cookieNames(deps.settings).booking(id), await openedBy(id))
  const said = 'If you cancel once it is moved: '
  t.match(
    (await browser.get(`/b/${id}`)).body,
    `${said}Until Wed 3 Feb, 10:00 EST you get $400 back. After that nothing.`
  )
  clock.set('2027-02-03T15:00:01Z')
  t.match((await browser.get(`/b/${id}`)).body, `${said}This time is so near that nothing comes back if you cancel.`)
})
