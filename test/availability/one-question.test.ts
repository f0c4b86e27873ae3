import t from 'tap'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { open } from '../support/open.ts'
import { statementsOf } from '../support/oracles.ts'
import { colleague } from '../support/staff.ts'

t.test(
  'free times are one question to the database, whatever the plan, however long the window, and however many therapists',
  async t => {
    const house = await open(t, { limits: { windows: 1000 } })
    const { client, request, book } = house
    /** What was asked, and how many statements it took. */
    const ask = async ([slug, from, to, more = '']: readonly [string, string, string, string?]) => {
      const statements = await statementsOf(client, async () => {
        const answer = await request('GET', `/api/session-types/${slug}/slots?from=${from}&to=${to}&zone=UTC${more}`)
        t.equal(answer.statusCode, 200, answer.body)
        t.ok(answer.json().slots.length > 0, `${slug} has free times`)
      })
      return [slug + more, to, statements.length]
    }
    // The practice itself is looked up once, and remembered.
    await request('GET', '/api/practice')
    const first = '2027-02-08'
    const windows = [
      ['individual', '2027-02-09', '2027-02-09'],
      ['individual', first, '2027-03-10'],
      ['couples', first, '2027-03-31'],
      ['couples', first, '2027-02-28', '&place=video'],
      ['weekly', first, '2027-03-10', '&occurrences=12&every=7'],
      ['weekly', first, '2027-05-10', '&occurrences=26&every=14'],
      ['intensive-1-day', first, '2027-03-10'],
      ['intensive-3-day', first, '2027-05-10'],
      ['programme-8-weeks', first, '2027-05-10'],
      ['assessment', first, '2027-05-10']
    ] as const
    /** Those that took another number of statements than one. */
    const others = async () => {
      const asked = []
      for (const window of windows) asked.push(await ask(window))
      return asked.filter(([, , statements]) => statements !== 1)
    }
    t.same(await others(), [])
    t.same(await others(), [], 'and whether anything changed is one, too')
    for (let index = 0; index < 9; index++) {
      await colleague(house, `other-${index}`, ['therapist'])
      await workLikeJessica(client, `other-${index}`)
    }
    for (const slug of ['couples', 'weekly', 'intensive-3-day', 'assessment'])
      await changeRules(client, slug, { therapists: 2, perWeek: 20, demanding: true })
    await client`update resources set care = '{"perDay": 6, "inRow": {"most": 3, "pause": 30}}' where kind = 'therapist'`
    await book({ sessionType: 'individual' })
    house.clock.move({ minutes: 1 })
    await request('GET', '/api/practice')
    t.same(await others(), [], 'ten therapists, two together, every rule of care')
  }
)
