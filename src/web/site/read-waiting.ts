import { Person } from '../../bookings/person-schema.ts'
import type { Faults } from '../components/fields.tsx'
import { mailboxFault } from '../components/person-fields.tsx'
import type { DetailsForm } from './read-details.ts'

type Who = ReturnType<typeof Person.parse> & { sharedMailbox: boolean }

/** Who waits, of what was typed; or a sentence for each field that is not right yet. */
export function readWaiting(
  { name = '', email = '', mailbox }: DetailsForm,
  zone: string
): { person: Who; faults: Faults } | { person: undefined; faults: Faults } {
  const person = Person.safeParse({ name, email: email.trim(), zone })
  const found = new Map(person.error?.issues.map(({ path, message }) => [String(path[0]), message]))
  const named = ['name', 'email'].flatMap(field => {
    const fault = found.get(field)
    return fault === undefined ? [] : [[field, fault]]
  })
  const isAnswered = mailbox === 'own' || mailbox === 'shared'
  const faults: Faults = { ...Object.fromEntries(named), ...(!isAnswered && { mailbox: mailboxFault }) }
  if (!person.success || !isAnswered) return { person: undefined, faults }
  return { person: { ...person.data, sharedMailbox: mailbox === 'shared' }, faults: {} }
}
