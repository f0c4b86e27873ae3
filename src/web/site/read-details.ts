import { z } from 'zod'
import { Person } from '../../bookings/person-schema.ts'
import type { BookingRequest } from '../../bookings/schema.ts'
import { Words as NotMeet } from '../../clients/partner-schema.ts'
import { type Choice, startOf } from '../choice.ts'
import type { Faults } from '../components/fields.tsx'
import { mailboxFault } from '../components/person-fields.tsx'
import type { Given } from './detail-fields.tsx'
import type { Offer } from './details.tsx'

const Text = z.string().max(1000).optional()

/** The details as a browser posts them; everything is checked again by `readDetails`. */
export const DetailsForm = z.object({
  name: Text,
  email: Text,
  mailbox: Text,
  phone: Text,
  agreed: Text,
  pay: Text,
  consent: Text,
  termsVersion: Text,
  change: Text,
  /** A browser sends a line break as two characters. */
  notMeet: z.string().max(2000).optional()
})
export type DetailsForm = z.infer<typeof DetailsForm>

/** What was typed, to be shown again. */
export function givenOf({ name, email, mailbox, phone, agreed, pay, consent, notMeet }: DetailsForm): Given {
  const given = { name, email, mailbox, phone, agreed, pay, consent, notMeet }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** What the API asks, and whether somebody else reads the mailbox, which only our own form asks. */
export type Asked = BookingRequest & { person: { sharedMailbox: boolean } }
export type Read = { request: Asked; faults?: undefined } | { request?: undefined; faults: Faults }

/** Who is signed in books as themselves: what is known of them is not asked again, and not taken from the form. */
export interface Own {
  name: string | null
  email: string
}

/** What a signed-in person's form says, with what is known of them. */
export function formOf(form: DetailsForm, own: Own | undefined): DetailsForm {
  return own ? { ...form, name: own.name ?? form.name, email: own.email, mailbox: 'own', phone: undefined } : form
}

/** A booking request of what was typed, or a sentence for each field that is not right yet, in the form's order. */
export function readDetails(form: DetailsForm, choice: Choice, offer: Pick<Offer, 'forTwo' | 'asksTheOther'>): Read {
  const { forTwo, asksTheOther } = offer
  const { name = '', email = '', phone, mailbox, agreed, pay, consent, termsVersion } = form
  const person = Person.safeParse({ name, email: email.trim(), zone: choice.zone, ...(phone?.trim() && { phone }) })
  const found = new Map(person.error?.issues.map(({ path, message }) => [String(path[0]), message]))
  const faults = {
    ...(found.has('name') && { name: found.get('name') }),
    ...(found.has('email') && { email: found.get('email') }),
    ...(mailbox !== 'own' && mailbox !== 'shared' && { mailbox: mailboxFault }),
    ...(found.has('phone') && { phone: found.get('phone') }),
    ...notMeetFault(form),
    ...(forTwo && agreed !== 'yes' && agreed !== 'together' && { agreed: 'Say whether you have both agreed' }),
    ...(asksTheOther && agreed === 'yes' && { agreed: 'Each of you has a private call first: choose this together' }),
    ...(consent !== 'yes' && { consent: 'Agree to the terms, if you want this time' })
  }
  if (!person.success || Object.keys(faults).length > 0) return { faults: clean(faults) }
  return {
    request: {
      sessionType: choice.type,
      ...startOf(choice),
      person: { ...person.data, sharedMailbox: mailbox === 'shared' },
      ...(choice.edition && form.notMeet?.trim() && { notMeet: NotMeet.parse(form.notMeet) }),
      ...(forTwo && { together: agreed === 'together' }),
      ...(pay === 'instalments' && { instalments: true }),
      consent: { termsVersion: Number(termsVersion) }
    }
  }
}

/** What is wrong with whom they would rather not meet, where something was written. */
export function notMeetFault({ notMeet }: DetailsForm): Faults {
  const read = notMeet?.trim() ? NotMeet.safeParse(notMeet) : undefined
  return read?.error ? { notMeet: read.error.issues[0]?.message ?? 'Write at most 1,000 characters' } : {}
}

function clean(faults: Record<string, string | undefined>): Faults {
  return Object.fromEntries(
    Object.entries(faults).flatMap(([name, fault]) => (fault === undefined ? [] : [[name, fault]]))
  )
}
