import type { DateTime } from 'luxon'
import type { Fault } from '../kernel/problem.ts'
import type { Said } from './answer.ts'

/** A note is written before the answer that asks for it is deleted. */
const furthestNote = { days: 89 }

/** What does not belong to the kind of answer, each with what would be right. */
export function faultsOf({ kind, concern, words, audience, noteOn, address, windows }: Said, today: DateTime): Fault[] {
  const faults: Fault[] = []
  const fault = (pointer: string, detail: string) => faults.push({ pointer, detail })
  if ((kind === 'concern') !== (concern !== undefined))
    fault('/concern', kind === 'concern' ? 'Say which concern it is' : 'Only the kind concern has one')
  if (kind === 'question' && !words) fault('/words', 'Write what you would like to ask')
  if (audience === 'inviter' && !mayBeShown({ kind, concern })) fault('/audience', neverShown)
  if ((noteOn !== undefined || windows !== undefined) && kind !== (windows ? 'times' : 'not_now'))
    fault(windows ? '/windows' : '/noteOn', `Only the kind ${windows ? 'times' : 'not_now'} has this`)
  if (kind === 'times' && !windows?.length) fault('/windows', 'Give at least one stretch of time')
  for (const [index, { start, end }] of (windows ?? []).entries())
    if (end <= start) fault(`/windows/${index}`, 'A stretch ends after it starts')
  if (kind === 'not_now') faults.push(...noteFaults({ noteOn, address }, today))
  else if (noteOn !== undefined) faults.push(...noteFaults({ noteOn, address: 'given' }, today))
  return faults
}

export const neverShown = 'This is never shown to anybody but the therapist'

/** What is not said in danger can be shown to whoever gave the link, if its writer wants that. */
export function mayBeShown({ kind, concern }: { kind: Said['kind']; concern?: string | null | undefined }): boolean {
  return kind === 'concern' && concern !== 'not_free'
}

/** Of what is said in danger nobody is mailed a word, neither here nor there: no address is kept with it. */
export function mayBeMailed({ concern }: { concern?: string | null | undefined }): boolean {
  return concern !== 'not_free'
}

/** A note needs a day that is ahead, and an address. */
export function noteFaults({ noteOn, address }: Pick<Said, 'noteOn' | 'address'>, today: DateTime): Fault[] {
  const faults: Fault[] = []
  if ((noteOn === undefined) !== (address === undefined))
    faults.push({
      pointer: noteOn === undefined ? '/noteOn' : '/address',
      detail: 'A note is written on a day and to an address: give both'
    })
  const last = today.plus(furthestNote).toISODate() ?? ''
  if (noteOn !== undefined && (noteOn <= (today.toISODate() ?? '') || noteOn > last))
    faults.push({ pointer: '/noteOn', detail: `Choose a day from tomorrow to ${last}` })
  return faults
}
