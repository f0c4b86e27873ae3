import { readOwnTimes } from '../availability/own-times.ts'
import { listOwnNotMeet } from '../bookings/not-meet.ts'
import { listOwnBookings } from '../bookings/own-bookings.ts'
import type { BookingView } from '../bookings/schema.ts'
import { readFeeds } from '../calendars/change-feed.ts'
import { ownFeeds } from '../calendars/owner.ts'
import { view as viewFeed } from '../calendars/schema.ts'
import { readMemberships } from '../clients/end-membership.ts'
import { listInvitations } from '../clients/invitation-store.ts'
import { readYes } from '../clients/read-yes.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { listDevices } from '../identity/devices.ts'
import { mustBeFresh } from '../identity/fresh-sign-in.ts'
import { viewMe } from '../identity/me-schema.ts'
import { ownIds } from '../identity/own-ids.ts'
import { readPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { readSecondSteps } from '../identity/read-second-steps.ts'
import { signedInPerson } from '../identity/signed-in.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import type { OwnRecord } from './export-schema.ts'
import { listConsents, listMoved, listWaits } from './export-store.ts'

/** What is held and cannot be handed out here, and where it is read instead. */
export const notHere = [
  'What was said by a private page’s link, or asked without signing in: it is kept by nobody’s name. Its five words open it, at /r.',
  'When which mail went to you, and the practice’s own notes: ask the practice.',
  'What somebody else did, said or chose.'
]

/**
 * What the practice holds about whoever is signed in, read the way their own pages read it: of bookings and of another
 * person it holds nothing that those do not show. It is made when it is asked for and kept nowhere. The asking is written down.
 * @throws sign-in-anew where the sign-in is not fresh
 */
export async function exportOwn(deps: Deps, scope: PracticeScope, actor: Actor): Promise<OwnRecord> {
  const owner = signedInPerson(actor)
  await mustBeFresh(deps, scope, owner.session)
  const { db } = deps
  const own = await ownIds(db, scope, owner.person)
  const [you, ...before] = await Promise.all(own.map(id => readPerson(deps, db, scope, id)))
  if (!you) throw new Error(`The person ${owner.person} is not there`)
  const [steps, devices, feeds, bookings, moved, memberships, consents, yes, invitations, times, waits, notMeet] =
    await Promise.all([
      readSecondSteps(deps, scope, owner.person),
      listDevices(deps, scope, owner),
      readFeeds(deps, scope, ownFeeds(actor)),
      allBookings(deps, scope, actor),
      listMoved(db, scope, own),
      readMemberships(deps, scope, actor),
      listConsents(db, scope, own),
      readYes(deps, scope, actor),
      listInvitations(db, scope, own),
      readOwnTimes(deps, scope, actor),
      listWaits(db, scope, own),
      listOwnNotMeet(deps, scope, own)
    ])
  await record(db, deps.now, {
    practice: scope.practice.id,
    actor: actorName(actor),
    kind: 'exported-own',
    subjects: [owner.person, ...bookings.map(({ id }) => id)]
  })
  return {
    madeAt: deps.now(),
    practice: scope.practice.discreetName,
    you: viewMe(you),
    given: [you, ...before].map(({ name, email, phone }) => ({ name, email, phone })),
    secondSteps: {
      pin: steps.pin !== undefined,
      totp: steps.totp !== undefined,
      passkeys: steps.passkeys.map(({ name }) => name)
    },
    devices,
    calendars: feeds.map(viewFeed),
    bookings,
    payments: moved.map(({ amount, currency, ...rest }) => ({ ...rest, amount: { amount, currency } })),
    waitsFor: waits,
    notMeet,
    belongsTo: memberships.map(({ id, kind, since, until }) => ({ id, kind, since, until: until ?? null })),
    consents: consents.map(({ hash, ...rest }) => ({ ...rest, sha256: hash.toString('hex') })),
    startTogether: yes.said ?? null,
    possibleTimes: times.windows,
    pagesToShare: invitations.map(({ createdAt, endsAt, state }) => ({ madeAt: createdAt, endsAt, state })),
    notHere
  }
}

/** How many bookings are read at a time. */
const many = 200

async function allBookings(deps: Deps, scope: PracticeScope, actor: Actor): Promise<BookingView[]> {
  const all: BookingView[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await listOwnBookings(deps, scope, actor, { after, limit: many })
    all.push(...items)
    if (next === null) return all
    after = next
  }
}
