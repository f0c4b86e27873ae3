import { sql } from 'drizzle-orm'
import { IANAZone } from 'luxon'
import { z } from 'zod'
import { addStaff } from '../src/identity/people.ts'
import { emergencyWords, replyWithinWords } from '../src/identity/practice-words.ts'
import { practiceScopes } from '../src/identity/scope.ts'
import type { Deps } from '../src/kernel/deps.ts'
import { newId } from '../src/kernel/ids.ts'
import { tells } from '../src/kernel/telling.ts'
import { longestStatement, statementFault } from '../src/payments/statement.ts'
import { pricedAt, priceIn, priceOf } from './prices.ts'
import { places, resources } from './schema/catalog.ts'
import { conversionPolicies, practices, secretsPolicies } from './schema/identity.ts'
import { addTypes } from './seed.ts'
import { demoTypes } from './seed-types.ts'

/** What stands on cards, in mails and in calendars may not say what it is about. */
const discreet = (what: string) =>
  z
    .string()
    .trim()
    .min(2)
    .refine(text => !tells(text), { error: `${what} says what it is about: choose other words` })

const tooLong = `must be 5 to ${longestStatement} characters: the Stripe account’s prefix stands before it`

const currencies = new Set(Intl.supportedValuesOf('currency'))

const Host = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: 'must be a host such as practice.example.com, without https://' })

/** What a practice that begins says of itself. */
export const NewPractice = z
  .strictObject({
    name: z.string().trim().min(2).max(120),
    'discreet-name': discreet('The discreet name').max(60),
    zone: z.string().refine(zone => IANAZone.isValidZone(zone), { error: 'must be a zone such as America/New_York' }),
    currency: z
      .string()
      .refine(code => currencies.has(code), { error: 'must be a currency such as USD, in three capital letters' }),
    host: Host,
    'links-host': Host.refine(host => !tells(host), {
      error: 'says what it is about: choose another host'
    }).optional(),
    statement: discreet('The card statement')
      .min(5, { error: tooLong })
      .max(longestStatement, { error: tooLong })
      .superRefine((text, context) => {
        const fault = statementFault(text)
        if (fault) context.addIssue({ code: 'custom', message: `Stripe does not take it: ${fault}` })
      }),
    description: z.string().trim().min(1).max(500),
    emergency: emergencyWords,
    secrets: z.enum(secretsPolicies, { error: 'choose none, limited or kept: there is no default' }),
    conversion: z.enum(conversionPolicies, {
      error: 'choose refer_out, equal_time or therapist_decides: there is no default'
    }),
    'reply-within': replyWithinWords.default('two working days'),
    address: z.string().trim().min(3).max(200),
    'owner-name': z.string().trim().min(1).max(120),
    'owner-email': z.email({ error: 'must be a mail address such as owner@example.com' }),
    types: z.enum(['defaults', 'none'], { error: 'must be defaults or none' }).default('defaults'),
    price: z.string().optional()
  })
  .superRefine(({ types, currency, price }, context) => {
    const read = types === 'none' ? undefined : priceIn(currency).safeParse(price)
    for (const { message } of read?.error?.issues ?? []) context.addIssue({ code: 'custom', path: ['price'], message })
  })
export type NewPractice = z.output<typeof NewPractice>

/**
 * Makes a practice with its owner, who is its first therapist, an office and video, and the seven kinds of session with
 * their defaults. No opening hours: nothing can be booked before the owner has set them.
 * @throws Error where a practice has one of these hosts already
 */
export async function makePractice(deps: Deps, given: NewPractice, password: string): Promise<string> {
  const hosts = [given.host, ...(given['links-host'] ? [given['links-host']] : [])]
  return deps.db.transaction(async tx => {
    // Two set-ups at once stand in line: the second finds what the first made.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('tandem set-up', 0))`)
    const taken = await tx.select({ hosts: practices.hosts, links: practices.linksHost }).from(practices)
    if (taken.some(other => hosts.some(host => other.hosts.includes(host) || other.links === host)))
      throw new Error(`There is a practice at ${hosts.join(' or ')} already: nothing was changed`)
    const id = newId()
    await tx.insert(practices).values({
      id,
      hosts: [given.host],
      linksHost: given['links-host'] ?? null,
      name: given.name,
      discreetName: given['discreet-name'],
      zone: given.zone,
      currency: given.currency,
      termsVersion: 1,
      policies: {
        description: given.description,
        statement: given.statement.toUpperCase(),
        replyWithin: given['reply-within'],
        emergency: given.emergency,
        secrets: given.secrets,
        conversion: given.conversion
      }
    })
    const scope = await practiceScopes({ ...deps, db: tx }).forId(id)
    const [name, email] = [given['owner-name'], given['owner-email']]
    const personId = await addStaff(deps, tx, scope, { name, email, password, roles: ['owner', 'therapist'] })
    const [therapist, room, office, video] = [newId(), newId(), newId(), newId()]
    await tx.insert(resources).values([
      { practiceId: id, id: therapist, kind: 'therapist', slug: slugOf(name), name, personId, zone: given.zone },
      { practiceId: id, id: room, kind: 'room', slug: 'office', name: 'Office', zone: given.zone }
    ])
    await tx.insert(places).values([
      { practiceId: id, id: office, slug: 'office', name: 'At the office', roomId: room, address: given.address },
      { practiceId: id, id: video, slug: 'video', name: 'By video' }
    ])
    if (given.types === 'defaults') {
      const price = priceOf(priceIn(given.currency).parse(given.price), given.currency)
      await addTypes(deps, tx, scope, therapist, { office, video }, pricedAt(demoTypes, price))
    }
    return id
  })
}

/** `Dr. Ána Núñez` → `ana-nunez`; what leaves nothing is `therapist`. */
function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  const words = plain.replace(/^(dr|prof)\.? /, '').match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, 60).replace(/-+$/, '') || 'therapist'
}
