import type { Test } from 'tap'
import { visitor } from '../web/visitor.ts'
import { open } from './open.ts'

const wordsIn = (body: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''

/** A house in which somebody can book a call from a partner's page, as a browser without JavaScript does. */
export async function openCalls(t: Test) {
  const house = await open(t)
  const partner = visitor(house.app)
  const caller = { name: 'Sam', email: 'sam@example.com', mailbox: 'own', consent: 'yes', termsVersion: '1' }

  /** Chooses the first time that is shown and gives the details. */
  const ask = async (details: Partial<typeof caller> = {}) => {
    const times = await partner.get('/p/call?from=2027-02-10')
    const slot = /name="slot" value="([^"]+)"/.exec(times.body)?.[1] ?? ''
    const chosen = { slot, zone: 'America/New_York' }
    const page = await partner.post('/p/call/details', chosen)
    const sent = await partner.post('/p/call/booking', {
      ...chosen,
      ...caller,
      ...details,
      idempotencyKey: wordsIn(page.body, 'idempotencyKey')
    })
    const held = {
      booking: wordsIn(sent.body, 'booking'),
      token: wordsIn(sent.body, 'token'),
      zone: 'America/New_York'
    }
    return { times, page, sent, held, chosen }
  }
  /** The same, and gives the mailed code. */
  const call = async (details: Partial<typeof caller> = {}) => {
    const asked = await ask(details)
    await house.work()
    const mail = house.mails.findLast(({ to }) => to === (details.email ?? caller.email))
    const code = /\b\d{8}\b/.exec(mail?.text ?? '')?.[0] ?? ''
    const confirmed = await partner.post('/p/call/confirmation', { ...asked.held, code })
    await house.work()
    return { ...asked, code, confirmed }
  }
  return { ...house, partner, caller, ask, call }
}
