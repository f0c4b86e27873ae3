import { DateTime } from 'luxon'
import t from 'tap'
import { suggested, tokenIn } from '../support/joint.ts'
import { monday, openDays, withAll } from '../support/private-days.ts'
import { visitor } from '../web/visitor.ts'

t.test(
  'the link by which the other answers, which both hold, tells the time of no step that one has alone',
  async t => {
    const house = await openDays(t)
    for (const [sessionType, more] of [
      ['assessment', { start: '2027-02-09T15:00:00Z', place: 'video' }],
      ['intensive-2-day', { start: monday, occurrences: withAll }]
    ] as const) {
      const { id, link, accept } = await suggested(house, { sessionType, ...more })
      const rows = await house.client<{ start: Date; who: string }[]>`
      select starts_at as start, who from appointments where booking_id = ${id} order by ordinal`
      const starts = (alone: boolean) =>
        rows.filter(({ who }) => (who !== 'both') === alone).map(({ start }) => DateTime.fromJSDate(new Date(start)))
      t.equal(starts(true).length, 2)
      const page = async () => {
        const { body } = await visitor(house.app).get(new URL(link).pathname)
        for (const start of starts(true))
          t.notMatch(body, start.setZone('America/New_York').toFormat('ccc d LLL, HH:mm'), sessionType)
        t.match(body, 'And a conversation just for each of you')
        const seen = (await house.request('GET', `/api/partner-links/${tokenIn(link)}`)).json()
        t.same(
          seen.appointments.map(({ start }: { start: string }) => Date.parse(start)),
          starts(false).map(start => start.toMillis())
        )
      }
      await page()
      t.equal((await accept(`${sessionType}@example.com`)).statusCode, 200)
      await page()
    }
    const single = await suggested(house, { start: '2027-02-25T15:00:00Z' })
    const { body } = await visitor(house.app).get(new URL(single.link).pathname)
    t.notMatch(body, 'just for each of you')
  }
)
