import type { Stretch } from '../../db/schema/columns.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { acceptBooking } from './accept-booking.ts'
import type { Answer } from './acceptance.ts'
import { openAcceptanceLink } from './acceptance-link.ts'
import { noSuchBooking } from './booking.ts'
import { mustSuit } from './possible-times.ts'
import { refuseAcceptance } from './refuse-acceptance.ts'
import { standingOf } from './standing.ts'
import { findBooking } from './store.ts'

/**
 * A signed-in person's answer to a suggested time: by the link that they were given, or as the other member of the couple.
 * @throws what `acceptBooking` and `refuseAcceptance` throw; no-such-booking where it is not theirs to answer
 */
export async function answerBooking(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  { answer, link, windows }: { answer: Answer; link?: string | undefined; windows?: Stretch[] | undefined }
): Promise<void> {
  mustSuit(answer, windows ?? [], deps.now())
  if (answer === 'accept') return acceptBooking(deps, scope, actor, id, link)
  const token = link?.split('/').at(-1)
  const booking = await findBooking(deps.db, scope, id)
  const standing = booking && (await standingOf(deps.db, scope, actor, booking))
  const invited = token !== undefined && (await openAcceptanceLink(deps, scope, token)) === id
  if (!invited && standing !== 'asked' && standing !== 'member') throw noSuchBooking('There is no such booking')
  await refuseAcceptance(deps, scope, actor, id, answer, windows)
}
