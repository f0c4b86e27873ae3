import { type Actor, actorName } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { signedInPerson } from '../identity/signed-in.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { type Fault, invalid } from '../kernel/problem.ts'
import type { OwnTimes, OwnTimesView } from './own-times-schema.ts'
import { deleteTimes, findCouple, listTimes, listWishes, replaceTimes, setWish } from './times-store.ts'

/** Times are kept as long as anything else that somebody says of themselves unasked, and no longer than they are ahead. */
const keptDays = 90

/** When it would suit whoever is signed in, and whether they want to see what suits both. Nothing of the other. */
export async function readOwnTimes(deps: Deps, scope: PracticeScope, actor: Actor): Promise<OwnTimesView> {
  const { person } = signedInPerson(actor)
  const couple = await findCouple(deps.db, scope, await ownIds(deps.db, scope, person))
  const windows = await listTimes(deps.db, scope, person, deps.now())
  if (!couple) return { windows }
  return { windows, showBoth: (await listWishes(deps.db, scope, couple.client)).includes(person) }
}

/**
 * Says anew when it would suit whoever is signed in: for the practice alone, until it is over.
 * @throws invalid-input where a stretch is over or has no length, or somebody wants to see what suits both and is alone
 */
export async function saveOwnTimes(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { windows, showBoth }: OwnTimes
): Promise<void> {
  const { person } = signedInPerson(actor)
  const now = deps.now()
  const faults: Fault[] = windows.flatMap(({ start, end }, index) => {
    const pointer = `/windows/${index}`
    if (end <= start) return { pointer, detail: 'A stretch ends after it starts' }
    if (end <= now) return { pointer, detail: 'Give times that are ahead' }
    if (end > now.plus({ days: keptDays })) return { pointer, detail: `Give times within ${keptDays} days` }
    return []
  })
  const couple = await findCouple(deps.db, scope, await ownIds(deps.db, scope, person))
  if (showBoth && !couple) faults.push({ pointer: '/showBoth', detail: 'This is for two who have begun together' })
  if (faults.length > 0) throw invalid(faults)
  await deps.db.transaction(async tx => {
    await replaceTimes(tx, scope, person, windows, now)
    if (couple && showBoth !== undefined) await setWish(tx, scope, couple.client, person, showBoth ? now : null)
    const practice = scope.practice.id
    await emit(deps, tx, { practice, actor: actorName(actor), kind: 'possible-times.saved', subjects: { person } })
  })
}

/** Deletes what is over, and what was given long ago. Asked each minute. */
export async function forgetOwnTimes({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteTimes(db, now(), now().minus({ days: keptDays }))
}
