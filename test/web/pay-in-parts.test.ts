import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { openRetreat } from '../support/retreat.ts'
import { visitor } from './visitor.ts'

t.test(
  'what is paid now, and what later, is said in exact sums before the click, and what is paid after it',
  async t => {
    const { app, deps, seat, pay, request, openedBy } = await openRetreat(t)
    const { id, token } = (await seat('a')).json()
    const { get, cookies } = visitor(app)
    cookies.set(cookieNames(deps.settings).booking(id), token)
    const due = (await get(`/b/${id}`)).body
    t.match(due, 'You pay $1,440 on the next page, at Stripe.')
    t.match(due, '$1,440 now, $3,360 on Sun 11 Apr')
    await request('POST', `/api/bookings/${id}/payment`, undefined, token)
    await pay(id)
    cookies.set(cookieNames(deps.settings).booking(id), await openedBy(id))
    const paid = (await get(`/b/${id}`)).body
    t.match(paid, '$1,440 paid, $3,360 on Sun 11 Apr')
    t.notMatch(paid, 'on the next page')
  }
)
