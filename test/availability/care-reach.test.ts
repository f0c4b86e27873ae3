import t from 'tap'
import { changeRules } from '../support/care.ts'
import { open } from '../support/open.ts'

const start = '2027-02-08T15:00:00Z'

t.test(
  'a cap counts what is sold at the other end of its week, or month, though only one day is asked for',
  async t => {
    const { client, confirmed, request } = await open(t, { limits: { windows: 1000 } })
    const times = async (day: string) => {
      const answer = await request(
        'GET',
        `/api/session-types/individual/slots?from=${day}&to=${day}&zone=America/New_York`
      )
      return answer.json().slots.length
    }
    await confirmed({ sessionType: 'individual', start })
    for (const day of ['2027-02-12', '2027-02-15', '2027-02-26', '2027-03-01']) t.ok((await times(day)) > 0, day)
    await changeRules(client, 'individual', { perWeek: 1 })
    t.equal(await times('2027-02-12'), 0, 'Friday of Monday’s week')
    t.ok((await times('2027-02-15')) > 0, 'the Monday after')
    await changeRules(client, 'individual', { perWeek: 1000, perMonth: 1 })
    t.equal(await times('2027-02-26'), 0, 'the last Friday of its month')
    t.ok((await times('2027-03-01')) > 0, 'the month after')
  }
)

t.test('a row of demanding sessions is followed as far as its pauses let it go', async t => {
  const { client, confirmed, request } = await open(t, { limits: { windows: 1000 } })
  await client`update opening_hours set days = array[1,2,3,4,5,6,7], from_minute = 600, to_minute = 1200, session_types = null`
  await client`update resources set care = '{"inRow": {"most": 15, "pause": 1440}}' where kind = 'therapist'`
  await changeRules(client, 'individual', { demanding: true })
  const day = (index: number) => `2027-02-${String(8 + index).padStart(2, '0')}`
  const first = async (index: number) => {
    const answer = await request(
      'GET',
      `/api/session-types/individual/slots?from=${day(index)}&to=${day(index)}&zone=UTC`
    )
    return answer.json().slots[0].start
  }
  for (let index = 0; index < 15; index++)
    await confirmed({ sessionType: 'individual', start: `${day(index)}T17:00:00Z`, place: 'video' })
  t.equal(await first(15), `${day(15)}T18:00:00Z`, 'the sixteenth only where the pause has been')
  await client`update resources set care = '{"inRow": {"most": 16, "pause": 1440}}' where kind = 'therapist'`
  t.equal(await first(15), `${day(15)}T00:00:00Z`, 'of sixteen it is the last')
})
