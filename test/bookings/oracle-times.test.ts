import t from 'tap'
import { someone } from '../support/open.ts'
import { compareTimes, unlimited as limits } from '../support/oracles.ts'
import { openInvited } from '../support/partners.ts'

t.test('the time of a booking does not tell whether its address is known', async t => {
  const { book, client, signInPerson } = await openInvited(t, { limits })
  await signInPerson(someone.email)
  const ask = (email: string) => ({
    ask: () => book({ sessionType: 'couples', start: '2027-02-10T15:00:00Z', person: { ...someone, email } }),
    // The time is free again for the next one; who held it is forgotten, as when a hold ends.
    after: async () => {
      await client`delete from occupancy where appointment_id in (select a.id from appointments a join bookings b on b.id = a.booking_id where b.state = 'held')`
      await client`update bookings set browser = null, address = null where address is not null`
    }
  })
  await compareTimes(
    t,
    'booking',
    async () => ask(someone.email),
    async turn => ask(`n${turn}@example.com`)
  )
})
