import type { Role } from '../../db/schema/identity.ts'
import type { Actor } from './actor.ts'
import { type Fact, forStaff, isStaff, type Reader } from './readers.ts'
import { type BookingSubject, meanings, type Subject, whoSeesWhat } from './who-sees-what.ts'

declare const decided: unique symbol

/** Which facts of one thing its reader may see. Only the tables of who-sees-what.ts and discretion.ts make one. */
export type Sight = Readonly<{ facts: ReadonlySet<Fact>; [decided]: true }>

/** The facts of one thing that its reader may see; what is not among them was not even read. Only `seenBy` makes one. */
export type Seen<Facts> = Readonly<Partial<Facts>> & { readonly [decided]: true }

/** How each fact is read, should it be needed. */
type Reading<Facts> = { [F in keyof Facts]: () => Facts[F] | Promise<Facts[F]> }

/** Whose a booking is. */
export interface Belonging {
  joint: boolean
  /** The person who is its therapist. */
  therapist: string | null
  /** Where two therapists sit together, the other of them. */
  second?: string | null
  /** As whom a person looks who is signed in: one who takes part or made it, or the other of the two. */
  person?: 'partner A' | 'partner B' | undefined
  /** Whether whoever looks, signed in or by a token, made it or owes something of it: what is paid is nobody else’s of the two. */
  pays?: boolean
}

/** What the table says where this reader looks at this. */
export function cellOf<S extends Subject, R extends Reader>(subject: S, reader: R): (typeof whoSeesWhat)[S][R] {
  return whoSeesWhat[subject][reader]
}

/** What the table says of all as whom an actor looks at a booking, or at what belongs to it. */
export function cellsOf<S extends Subject>(subject: S, actor: Actor, belonging: Belonging) {
  return readersOf(actor, belonging).map(reader => cellOf(subject, reader))
}

/** What an actor sees of a booking. Somebody with several roles sees what any of them does. */
export function sightOf(actor: Actor, belonging: Belonging, isNear = false): Sight {
  const subject: BookingSubject = belonging.joint ? 'joint bookings' : 'individual bookings'
  const facts = readersOf(actor, belonging, isNear).flatMap(reader => factsFor(reader, subject))
  const isTheOthers = (actor.kind === 'person' || actor.kind === 'booking') && !belonging.pays
  const withheld: readonly Fact[] = [
    ...(isTheOthers ? (['amounts'] as const) : []),
    // Whoever takes no part in it, or not yet, has nothing to join.
    ...(belonging.person === 'partner B' ? (['link'] as const) : [])
  ]
  return sightOfFacts(facts.filter(fact => !withheld.includes(fact)))
}

/** What one reader sees of a booking: what the table’s word means, of a client nothing by which staff tell them apart. */
export function factsFor(reader: Reader, subject: BookingSubject): readonly Fact[] {
  const all: readonly Fact[] = meanings[cellOf(subject, reader)]
  return isStaff(reader) ? all : all.filter(fact => !forStaff.includes(fact))
}

/** As whom an actor looks at a booking. @param isNear it is confirmed, and starts within a day or has started */
function readersOf(actor: Actor, { therapist, second, person }: Belonging, isNear = false): Reader[] {
  if (actor.kind === 'staff')
    return actor.roles.map(role => staffReader(role, [therapist, second].includes(actor.person)))
  if (actor.kind === 'person' && actor.stepped) return [person ?? 'anybody else']
  if (actor.kind !== 'booking') return ['anybody else']
  if (actor.purpose === 'booking_answer') return ['partner A']
  return [isNear ? 'mailed link on the day' : 'mailed link']
}

function staffReader(role: Role, isOwn: boolean): Reader {
  return role === 'therapist' ? (isOwn ? 'own therapist' : 'other therapist') : role
}

/** For the tables alone. */
export function sightOfFacts(known: readonly Fact[]): Sight {
  const facts: ReadonlySet<Fact> = new Set(known)
  return { facts } as Sight
}

export function shows({ facts }: Sight, fact: Fact): boolean {
  return facts.has(fact)
}

/** Whether an actor sees a fact of any booking at all, be it their own or another therapist's. */
export function everSees(actor: Extract<Actor, { kind: 'staff' }>, fact: Fact): boolean {
  return [true, false].some(joint => shows(sightOf(actor, { joint, therapist: actor.person }), fact))
}

/** Whether an actor sees a fact of bookings whose therapist is somebody else: who does not is shown their own alone. */
export function seesOthers(actor: Actor, fact: Fact): boolean {
  return [true, false].some(joint => shows(sightOf(actor, { joint, therapist: null }), fact))
}

/** Whether its reader may not even know that there is such a thing. */
export function showsNothing({ facts }: Sight): boolean {
  return facts.size === 0
}

/** Reads what may be seen, and nothing else: two readers of one thing get two renderings, each from its own facts. */
export async function seenBy<Facts extends Partial<Record<Fact, unknown>>>(
  sight: Sight,
  reading: Reading<Facts>
): Promise<Seen<Facts>> {
  const entries = Object.entries(reading) as [Fact, () => unknown][]
  const read = entries.filter(([fact]) => shows(sight, fact)).map(async ([fact, read]) => [fact, await read()] as const)
  return Object.fromEntries(await Promise.all(read)) as Seen<Facts>
}

/** The same, where nothing has to be waited for. */
export function seenNow<Facts extends Partial<Record<Fact, unknown>>>(
  sight: Sight,
  reading: { [F in keyof Facts]: () => Facts[F] }
): Seen<Facts> {
  const entries = Object.entries(reading) as [Fact, () => unknown][]
  return Object.fromEntries(
    entries.filter(([fact]) => shows(sight, fact)).map(([fact, read]) => [fact, read()])
  ) as Seen<Facts>
}
