import t from 'tap'
import { beginTogether, one } from '../support/couple.ts'
import { aStart } from '../support/open.ts'
import { openRetreat } from '../support/retreat.ts'

const fresh = 'fresh@example.com'
const limits = { codesAnHour: 100, codesADay: 100, answers: 1000 }

t.test(
  'who reads the old mailbox opens, after a change of address, neither a place in line nor a proposal',
  async t => {
    const house = await beginTogether(await openRetreat(t, { max: 1, limits }))
    const { request, jo, mails, work, edition, couple, therapist, client } = house
    const first = await house.confirmedSeat('a')
    await request('POST', '/api/waitlist-entries', { edition }, jo)
    const [member] = await client<{ id: string }[]>`select id from people where id = (
    select person_id from waitlist_entries where edition_id = ${edition})`
    const price = { amount: 32_000, currency: 'USD' }
    const wish = { client: couple, caller: member?.id, sessionType: 'couples', price, starts: [aStart], hold: true }
    const made = await request('POST', '/api/proposals', { ...wish, until: '2027-02-05T17:00:00Z' }, therapist)
    t.equal(made.statusCode, 201, made.body)
    await work()
    const pageIn = (to: string, path: 'w' | 'o') => {
      const pages = mails
        .filter(mail => mail.to === to)
        .map(({ text }) => text.match(`/${path}/([\\w-]{43})`)?.[1] ?? '')
      return pages.findLast(token => token !== '') ?? ''
    }
    const opens = async (place: string, proposal: string) => [
      (await request('GET', `/api/waitlist-entries/${place}`)).statusCode,
      (await request('GET', `/api/proposal-links/${proposal}`)).statusCode
    ]
    const old = [pageIn(one.email, 'w'), pageIn(one.email, 'o')] as const
    t.same(await opens(...old), [200, 200])

    const asked = (await request('POST', '/api/me/address-requests', { email: fresh }, jo)).json()
    await work()
    const code = /Your code: (\d{8})/.exec(mails.findLast(({ to }) => to === fresh)?.text ?? '')?.[1]
    t.equal((await request('POST', '/api/me/address', { code, request: asked.request }, jo)).statusCode, 200)
    const before = mails.length
    await work()
    t.same(await opens(...old), [404, 404])
    const elsewhere = mails.slice(before).filter(({ to }) => to !== fresh)
    t.notMatch(elsewhere.map(({ text }) => text).join(), /\/[wo]\//)
    const proposal = pageIn(fresh, 'o')
    const { items } = (await request('GET', '/api/proposals', undefined, therapist)).json()
    t.equal(items[0].url.split('/o/')[1], proposal, 'the new mailbox has the page, and staff can copy it')
    await house.cancel(first)
    await work()
    t.same(await opens(pageIn(fresh, 'w'), proposal), [200, 200])
  }
)
