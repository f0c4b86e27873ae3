import type { Test } from 'tap'
import { makeLog } from '../../../src/kernel/log.ts'
import { smtpMailer } from '../../../src/notices/mailer.ts'
import { stripeGateway } from '../../../src/payments/stripe.ts'
import { staffPassword } from '../database.ts'
import { addType } from '../matrix/make-booking.ts'
import { hire } from '../matrix/make-staff.ts'
import { people } from '../matrix/marks.ts'
import { open } from '../open.ts'
import { post } from '../smtp.ts'
import { openStripe, secretKey, webhookSecret } from '../stripe.ts'
import { makeEars } from './ears.ts'
import { hearMails, hearRows, overhearStripe } from './overheard.ts'
import { lived, second } from './secrets.ts'
import { visitorOf } from './visitor.ts'

export type Overheard = Awaited<ReturnType<typeof openOverheard>>

/**
 * A practice of which everything is overheard: what each visitor is answered, every mail as it goes over the wire, every
 * request to Stripe, every line of the log from the lowest level on, and at the end every row.
 */
export async function openOverheard(t: Test) {
  const ears = makeEars()
  const log = makeLog('trace', { write: line => ears.hear('log', 'a line', line) })
  const house = await open(t, { log, limits: { codesAnHour: 1000, codesADay: 1000, answers: 1000 } })
  const { app, deps, client, clock } = house
  const stripe = await openStripe(t, { clock })
  const apiBase = await overhearStripe(t, ears, stripe.apiBase)
  deps.gateway = stripeGateway({ secretKey, webhookSecrets: [webhookSecret], apiBase, retries: 0 })
  const mailbox = await post(t)
  const mailer = smtpMailer(mailbox.url, 'office@tir.example.com')
  t.teardown(() => mailer.close())
  deps.mailer = mailer
  const staff = await hire(house)
  for (const name of lived) await addType(house, name)

  /** A member of staff, in a browser and with a program. */
  const member = async (role: string, email: string) => {
    const visitor = visitorOf(app, ears, role, await house.signIn(email))
    await visitor.post('/console/sign-in', { email, password: staffPassword })
    return visitor
  }
  const readers: Record<string, string> = {
    [people.booker.email]: 'A',
    [people.member.email]: 'B',
    [people.stranger.email]: 'C',
    [second]: 'A elsewhere',
    'jessica@example.com': 'the therapist',
    ...Object.fromEntries(Object.values(staff).map(email => [email, 'staff']))
  }
  return {
    ...house,
    ears,
    stripe,
    received: mailbox.received,
    visitor: (who: string, bearer?: string) => visitorOf(app, ears, who, bearer),
    therapist: () => member('therapist', 'jessica@example.com'),
    /** Everybody else who works here. */
    staff: async () =>
      Promise.all(
        (['owner', 'other therapist', 'assistant', 'billing'] as const).map(role => member(role, staff[role]))
      ),
    /** From now on nobody can book what was booked here, or everybody can. */
    offer: (offered: boolean) => client`update session_types set public = ${offered} where slug like 'qz-%'`,
    async hearTheRest() {
      hearMails(ears, mailbox.received, readers)
      await hearRows(ears, client)
    }
  }
}
