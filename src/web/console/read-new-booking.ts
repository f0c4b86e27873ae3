import { DateTime } from 'luxon'
import type { ForStaff } from '../../availability/override.ts'
import { readStaffSlots } from '../../availability/read-staff-slots.ts'
import { flatTimes, liesIn } from '../../availability/suits-both.ts'
import type { Plan } from '../../catalog/plan.ts'
import { runOf } from '../../catalog/run.ts'
import { isAfterCalls } from '../../catalog/session-type.ts'
import { listSessionTypes, listTherapists } from '../../catalog/store.ts'
import { readClient, readClients } from '../../clients/read-clients.ts'
import { mayReadTimes, readPossibleTimes } from '../../clients/read-possible-times.ts'
import type { Actor } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { seesOthers } from '../../identity/sight.ts'
import { notFound } from '../../kernel/problem.ts'
import { policyText } from '../components/policy-words.ts'
import { priceText } from '../components/words.ts'
import type { WebDeps } from '../deps.ts'
import { oftenOf } from '../site/often.ts'
import type { NewBookingProps } from './new-booking.tsx'

/** So many days of free starts are shown at once, and so many clients to choose from, the newest. */
const days = 7
const most = 200

/** What is looked at besides the catalogue's: a plan of its own, with some rules set aside. */
export interface OwnTimes extends Pick<ForStaff, 'override'> {
  plan?: Plan | undefined
}

type AskedOften = Parameters<typeof oftenOf>[1]

/** What the page for a caller's booking shows: the types, a week of one's free starts, and who is known. */
export async function readNewBookingPage(
  deps: WebDeps,
  scope: PracticeScope,
  actor: Actor,
  asked: {
    type?: string | undefined
    from?: string | undefined
    client?: string | undefined
    often?: AskedOften
    /** A plan of its own, and which rules are set aside for what is shown. */
    own?: OwnTimes | undefined
  }
): Promise<Omit<NewBookingProps, 'frame' | 'given' | 'faults'> & { caller: string | undefined }> {
  // An edition's seats are given by its own page: it has no starts to choose from.
  const types = (await listSessionTypes(deps.db, scope)).filter(({ plan }) => plan.anchor !== 'edition')
  const type = types.find(({ slug }) => slug === asked.type) ?? types[0]
  if (!type) throw notFound('There is no session type yet')
  const today = deps.now().setZone(scope.practice.zone).startOf('day')
  const first = today.plus({ minutes: type.rules.notice }).startOf('day')
  const wanted = asked.from ? DateTime.fromISO(asked.from, { zone: scope.practice.zone }) : first
  const from = wanted < today ? today : wanted
  const therapist = await ownTherapist(deps, scope, actor)
  const often = asked.often && oftenOf(type, asked.often)
  const rounds = often && { times: often.open ? undefined : often.times, every: often.every, open: often.open }
  const own = asked.own && { override: asked.own.override, type: { ...type, plan: asked.own.plan ?? type.plan } }
  const to = from.plus({ days })
  const slots = await readStaffSlots(deps, scope, type.slug, { from, to, therapist, rounds, own })
  const { items } = await readClients(deps, scope, actor, { limit: most })
  const named = asked.client && !items.some(({ id }) => id === asked.client)
  const known = named ? [await readClient(deps, scope, actor, asked.client ?? ''), ...items] : items
  const callers = known
    .filter(({ closedAt }) => closedAt === null)
    .flatMap(({ id, members }) => {
      const there = members.filter(({ until }) => until === null)
      return there.map(({ person, name }) => {
        const others = there.filter(other => other.person !== person).map(other => nameOf(other.name))
        return { client: id, value: `${id} ${person}`, name: [nameOf(name), ...others].join(', with ') }
      })
    })
  return {
    client: asked.client,
    notes: asked.client ? await notesOn(deps, scope, actor, asked.client, slots) : new Map(),
    types,
    often,
    type: {
      slug: type.slug,
      price: priceText(runOf(type, rounds)?.price ?? type.price),
      terms: policyText(type),
      repeat: type.plan.repeat,
      afterCalls: isAfterCalls(type)
    },
    slots,
    from,
    days,
    callers,
    caller: callers.find(({ client }) => client === asked.client)?.value
  }
}

/** Whose times alone are shown to who books in their own calendar alone. */
async function ownTherapist({ db }: WebDeps, scope: PracticeScope, actor: Actor): Promise<string | undefined> {
  if (seesOthers(actor, 'changes') || actor.kind !== 'staff') return undefined
  return (await listTherapists(db, scope)).find(({ personId }) => personId === actor.person)?.slug
}

const nameOf = (name: string) => name || 'No name given'

/** Of which free starts there is more to say: that they suit both, or one, by what they told their own therapist. */
async function notesOn(
  deps: WebDeps,
  scope: PracticeScope,
  actor: Actor,
  client: string,
  slots: NewBookingProps['slots']
): Promise<Map<string, string>> {
  const notes = new Map<string, string>()
  if (!(await mayReadTimes(deps, scope, actor, client))) return notes
  const { members, both } = await readPossibleTimes(deps, scope, actor, client)
  const suits = [
    ...members.map(({ name, windows }) => ({ words: `suits ${nameOf(name)}`, times: flatTimes(windows) })),
    ...(members.length === 2 ? [{ words: 'suits both', times: flatTimes(both) }] : [])
  ]
  for (const slot of slots) for (const { words, times } of suits) if (liesIn(slot, times)) notes.set(slot.start, words)
  return notes
}
