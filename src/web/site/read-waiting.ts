import { Person } from '../../bookings/person-schema.ts'
import { Words as NotMeet } from '../../clients/partner-schema.ts'
import type { Faults } from '../components/fields.tsx'
import { mailboxFault } from '../components/person-fields.tsx'
import { type DetailsForm, notMeetFault } from './read-details.ts'

type Refused = { person: undefined; notMeet: undefined; faults: Faults }
type Who = ReturnType<typeof Person.parse> & { sharedMailbox: boolean }

/** Who waits, of what was typed; or a sentence for each field that is not right yet. */
export function readWaiting(
  form: DetailsForm,
  zone: string
): { person: Who; notMeet: string | undefined; faults: Faults } | Refused {
  const { name = '', email = '', mailbox } = form
  const person = Person.safeParse({ name, email: email.trim(), zone })
  const found = new Map(person.error?.issues.map(({ path, message }) => [String(path[0]), message]))
  const named = ['name', 'email'].flatMap(field => {
    const fault = found.get(field)
    return fault === undefined ? [] : [[field, fault]]
  })
  const isAnswered = mailbox === 'own' || mailbox === 'shared'
  const faults: Faults = {
    ...Object.fromEntries(named),
    ...(!isAnswered && { mailbox: mailboxFault }),
    ...notMeetFault(form)
  }
  if (!person.success || Object.keys(faults).length > 0) return { person: undefined, notMeet: undefined, faults }
  const notMeet = form.notMeet?.trim() ? NotMeet.parse(form.notMeet) : undefined
  return { person: { ...person.data, sharedMailbox: mailbox === 'shared' }, notMeet, faults: {} }
}
