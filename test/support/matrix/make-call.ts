import { visitor } from '../../web/visitor.ts'
import { literal, type Mark, timeForms } from './marks.ts'
import type { House } from './world.ts'

const zone = 'America/New_York'
const caller = { name: 'Qzcaller', email: 'caller@qz-six.example', mailbox: 'own', consent: 'yes', termsVersion: '1' }

/** Calls from the page for partners, each by a browser of its own: one is confirmed, one waits for its code, one is only chosen. */
export async function makeCall(house: House) {
  const times = await visitor(house.app).get('/p/call?from=2027-02-12')
  const slots = [...times.body.matchAll(/name="slot" value="([^"]+)"/g)].map(([, slot = '']) => slot)
  const [confirmed, waiting, chosen] = [slots[0] ?? '', slots[6] ?? '', slots[12] ?? '']
  if (!chosen) throw new Error(`There are too few times for a call: ${slots.length}`)
  const call = await ask(house, confirmed, caller)
  const answer = await visitor(house.app).post('/p/call/confirmation', call)
  if (answer.statusCode !== 200) throw new Error(`A call cannot be confirmed: ${answer.body}`)
  await house.work()
  const start = confirmed.split(' ')[0] ?? ''
  const marks: Mark[] = [
    { fact: 'call: id', shows: literal(call.booking) },
    { fact: 'call: time', shows: literal(...timeForms({ start: `${start.slice(0, 16)}:00Z`, minutes: 20 })) },
    { fact: 'caller: name', shows: literal(caller.name) },
    { fact: 'caller: contact', shows: literal(caller.email) }
  ]
  return {
    id: call.booking,
    waiting: await ask(house, waiting, { ...caller, name: 'Sam', email: 'other.caller@example.com' }),
    chosen: { slot: chosen, zone },
    marks
  }
}

/** Chooses a time and gives the details, and takes the code out of the mail. */
async function ask({ app, work, mails }: House, slot: string, person: typeof caller) {
  const browser = visitor(app)
  const page = await browser.post('/p/call/details', { slot, zone })
  const idempotencyKey = valueIn(page.body, 'idempotencyKey')
  const { body } = await browser.post('/p/call/booking', { slot, zone, ...person, idempotencyKey })
  await work()
  const [code] = /\b\d{8}\b/.exec(mails.findLast(({ to }) => to === person.email)?.text ?? '') ?? []
  if (!code) throw new Error(`No code for a call was mailed: ${body}`)
  return { booking: valueIn(body, 'booking'), token: valueIn(body, 'token'), zone, code }
}

const valueIn = (body: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
