import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { paidDays } from '../support/private-days.ts'
import { agreed } from '../support/programme.ts'
import { visitor, wordsOf } from './visitor.ts'

t.test('staff read of each step whose it is: on its booking, in the agenda, and before an absence', async t => {
  const { app, deps, id, sam, staff, steps, request, clock, signIn, client } = await agreed(t)
  await request('PATCH', '/api/me/preferences', { name: 'Sam Other' }, sam)
  const { get, post, cookies } = visitor(app)
  cookies.set(cookieNames(deps.settings).staff, staff)
  const address = `/console/bookings/${id}`
  const booking = wordsOf(await get(address))
  t.match(booking, /Wed 10 Feb, 09:00–09:50 EST only Jo Delgado /)
  t.match(booking, /Wed 10 Feb, 10:30–11:20 EST only Sam Other /)
  t.notMatch(booking, /Tue 9 Feb, 10:00–11:30 EST only/, 'the first is for both')
  t.match(wordsOf(await get('/console?week=2027-02-08')), /10:30–11:20 .*?Jo Delgado, Sam Other only Sam Other · /)
  const [row] = await client<{ id: string }[]>`select client_id as id from bookings where id = ${id}`
  t.match(
    wordsOf(await get(`/console/clients/${row?.id}`)),
    /Wed 10 Feb, 10:30–11:20 EST An assessment · only Sam Other/
  )
  const absence = { therapist: 'jessica', start: '2027-02-10T10:00', end: '2027-02-10T12:00' }
  t.match(
    wordsOf(await post('/console/time-off', absence)),
    '10:30–11:20 EST · Jo Delgado and Sam Other · only Sam Other'
  )
  clock.set('2027-02-10T15:00:00Z')
  cookies.set(cookieNames(deps.settings).staff, await signIn())
  const own = (await get(`${address}?appointment=${steps[1]?.id}`)).body
  t.equal([...own.matchAll(/value="attended"/g)].length, 1, 'of the one who comes alone it is put down')
  const at = (step: number) => get(`${address}?appointment=${steps[step]?.id}`)
  const [person] = [...own.matchAll(/name="person" value="([\w-]+)"/g)].map(([, person]) => person)
  const came = { appointment: steps[1]?.id ?? '', person: person ?? '', attendance: 'attended' }
  t.equal((await post(`${address}/attendance`, came)).statusCode, 303)
  t.match(wordsOf(await at(1)), /Jo Delgado was there/)
  t.notMatch(wordsOf(await at(0)), /was there|was absent/, 'of each appointment its own is told')
})

t.test('private days are changed as one: staff find one way to it, and each step beside them its own', async t => {
  const { app, deps, id, nth, signIn } = await paidDays(t)
  const { get, cookies } = visitor(app)
  cookies.set(cookieNames(deps.settings).staff, await signIn())
  const page = await get(`/console/bookings/${id}`)
  const changed = [...page.body.matchAll(/\/move\?appointment=([\w-]+)/g)].map(([, appointment]) => appointment)
  const [first, ...steps] = await Promise.all([0, 4, 5, 6].map(ordinal => nth(id, ordinal)))
  t.same(changed.toSorted(), [first, ...steps].toSorted())
  t.match(wordsOf(page), /Mon 8 Mar, 13:30–16:30 EST moves with the first of them/)
})
