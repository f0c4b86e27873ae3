import t from 'tap'
import { expireDue } from '../../src/bookings/expire.ts'
import { open } from '../support/open.ts'
import { planRaces, withoutCap } from '../support/plan-races.ts'
import { race } from '../support/races.ts'

for (const [name, round] of Object.entries(planRaces))
  t.test(name, async t => {
    const house = await open(t, { most: 50 })
    // As many a month as there are rounds: what races is the day.
    await withoutCap(house.client, 'intensive-1-day')
    const own = {
      ...house,
      pay: async (checkout: string) => house.gateway.pay(checkout),
      pass: async (minutes: number) => void house.clock.move({ minutes }),
      expire: () => expireDue(house.deps)
    }
    await race(t, own, name, round)
  })
