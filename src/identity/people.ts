import type { Role } from '../../db/schema/identity.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { type Rows, writeRows } from '../kernel/rows.ts'
import { seal, unseal } from '../kernel/secrets.ts'
import { unsealTitle } from './calendar-title.ts'
import { hashPassword } from './password.ts'
import type { PracticeScope } from './practice.ts'
import { findContacts, findPerson, insertStaff, personRows } from './store.ts'

export interface Person {
  id: string
  /** Null once erased, and until one was given. */
  name: string | null
  email: string
  phone: string | null
  zone: string
  wording: 'discreet' | 'plain'
  calendarChoice: 'invitation' | 'file' | 'nothing'
  /** The person's own words for their own calendar; null where they chose none. */
  calendarTitle: string | null
  /** Somebody else reads this mailbox: what goes there tells a time and opens nothing. */
  sharedMailbox: boolean
  proven: boolean
}

/** What somebody typed of themselves. It proves nothing. */
export interface Given {
  /** Not known yet of whoever only gave an address. */
  name?: string | undefined
  email: string
  phone?: string | undefined
  zone: string
  sharedMailbox?: boolean | undefined
}

/** The rows of a new, unproven person: never joined to one who is known, whatever the address says. */
export function newPerson(deps: Deps, scope: PracticeScope, given: Given, id: string): Rows[] {
  return rowsOf(deps, scope, id, given, false)
}

/** Writes a new, unproven person. @returns the person's id */
export async function addPerson(deps: Deps, tx: Transaction, scope: PracticeScope, given: Given): Promise<string> {
  const id = newId()
  await writeRows(tx, newPerson(deps, scope, given, id))
  return id
}

/** Somebody who works at the practice, as set-up names them. */
export interface NewStaff {
  name: string
  email: string
  password: string
  roles: Role[]
  /** The practice's own where nothing else is said. */
  zone?: string | undefined
}

/** A staff member, whose address whoever sets the practice up answers for: a proven person. @returns the person's id */
export async function addStaff(deps: Deps, tx: Transaction, scope: PracticeScope, given: NewStaff): Promise<string> {
  const { name, email, password, roles, zone = scope.practice.zone } = given
  const personId = newId()
  await writeRows(tx, rowsOf(deps, scope, personId, { name, email, zone }, true))
  const passwordHash = await hashPassword(password)
  await insertStaff(tx, { practiceId: scope.practice.id, personId, roles, passwordHash, active: true })
  return personId
}

/** A person with what is personal unsealed. @throws where there is none, or it was erased */
export async function readPerson(
  deps: Pick<Deps, 'secrets'>,
  db: Executor,
  scope: PracticeScope,
  id: string
): Promise<Person> {
  const [row, contacts] = await Promise.all([findPerson(db, scope, id), findContacts(db, scope, id)])
  if (!row?.dataKey) throw new Error(`The person ${id} is not there or was erased`)
  const practice = scope.practice.id
  const key = deps.secrets.openDataKey({ practice, person: id }, row.dataKey)
  const pointOf = (kind: 'email' | 'phone') => contacts.find(point => point.kind === kind)
  const contact = (kind: 'email' | 'phone') => {
    const point = pointOf(kind)
    return point && unseal(key, { practice, table: 'contact_points', column: 'value', row: point.id }, point.value)
  }
  const email = contact('email')
  if (email === undefined) throw new Error(`The person ${id} has no address`)
  const { zone, wording, calendarChoice, provenAt } = row
  const name = row.name && unseal(key, { practice, table: 'people', column: 'name', row: id }, row.name)
  const sharedMailbox = pointOf('email')?.sharedMailbox === true
  const phone = contact('phone') ?? null
  const calendarTitle = unsealTitle(key, scope, id, row.calendarTitle)
  const choices = { zone, wording, calendarChoice, calendarTitle }
  return { id, name, email, phone, ...choices, sharedMailbox, proven: provenAt !== null }
}

/** An address as it is looked up: trimmed, one form of each character, lower case. */
export function normalisedAddress(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

/** `j•••@…`: enough for its owner to know it, and for nobody else. */
export function maskedAddress(email: string): string {
  return `${[...email.trim()][0] ?? ''}•••@…`
}

function rowsOf({ secrets, now }: Deps, scope: PracticeScope, id: string, given: Given, proven: boolean): Rows[] {
  const practice = scope.practice.id
  const { key, wrapped } = secrets.newDataKey({ practice, person: id })
  const provenAt = proven ? now() : null
  const point = (kind: 'email' | 'phone', value: string, normal: string) => {
    const row = newId()
    return {
      practiceId: practice,
      id: row,
      personId: id,
      kind,
      value: seal(key, { practice, table: 'contact_points', column: 'value', row }, value),
      lookup: secrets.lookup(practice, kind, normal),
      provenAt: kind === 'email' ? provenAt : null,
      sharedMailbox: kind === 'email' && given.sharedMailbox === true
    }
  }
  const email = given.email.trim()
  return personRows(
    {
      practiceId: practice,
      id,
      name: given.name ? seal(key, { practice, table: 'people', column: 'name', row: id }, given.name.trim()) : null,
      zone: given.zone,
      wording: 'discreet',
      calendarChoice: 'invitation',
      provenAt,
      legalHold: false,
      dataKey: wrapped,
      createdAt: now()
    },
    [
      point('email', email, normalisedAddress(email)),
      ...(given.phone ? [point('phone', given.phone, given.phone.replace(/[^0-9+]/g, ''))] : [])
    ]
  )
}
