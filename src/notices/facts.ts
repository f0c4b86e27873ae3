import type { DateTime } from 'luxon'
import { freeAhead } from '../bookings/ahead.ts'
import { policyOfStep } from '../bookings/calling-off.ts'
import { countingStart } from '../bookings/parts.ts'
import { isWholeWithSteps, standsAlone } from '../catalog/plan.ts'
import { isAfterCalls } from '../catalog/session-type.ts'
import type { Person } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { NoticeDeps } from './mailer.ts'
import { clientReadings, staffReadings, type Telling } from './readings.ts'
import { plainReminder, wordsNow } from './reminder.ts'
import { waitsOf } from './step-reminder.ts'
import { isTherapist } from './store.ts'
import type { Subject } from './subject.ts'
import { askedBy, type FactName, type Facts, type Template } from './template.ts'
import { isForStaff, type TemplateName } from './templates.ts'

/** The words that a message takes now, and until when something in them holds. */
export function wordsOf(
  template: TemplateName,
  person: Person,
  { booking, appointment, others, waiting }: Pick<Subject, 'booking' | 'appointment' | 'others' | 'waiting'>,
  practiceZone: string,
  now: DateTime,
  cause = ''
): { words: TemplateName; until: DateTime | undefined } {
  const { holdUntil, bookerId } = booking
  const { startsAt } = appointment
  if (template === 'choose' || template === 'choose-anew')
    return { words: template, until: waitsOf(cause, waiting, now)?.minus({ minutes: 1 }) }
  // What is free of charge until when concerns who pays, and nobody else.
  if (person.id !== bookerId && !isTherapist(booking, person.id))
    return { words: template === 'reminder' ? plainReminder(startsAt, now, person.zone) : template, until: undefined }
  const { policy, counted } = termsOf({ booking, appointment, others })
  const countedFrom = countingStart([counted], now) ?? startsAt
  if (template === 'reminder') return wordsNow({ policy, startsAt, countedFrom, now, practiceZone, zone: person.zone })
  // Where the practice speaks with each first, its deadline moves with the call of the other: no mail names it.
  if (template === 'requested' && isAfterCalls(booking)) return { words: 'requested-calls', until: undefined }
  if (template !== 'confirmed' && template !== 'moved') return { words: template, until: holdUntil ?? undefined }
  const until = freeAhead(policy, [counted], now, practiceZone)
  return { words: template === 'moved' && !until ? 'moved-late' : template, until }
}

/** The terms of what is told of, and by which appointment they count: a step told of with its days goes by theirs. */
function termsOf({ booking, appointment, others }: Pick<Subject, 'booking' | 'appointment' | 'others'>) {
  const { plan, policy } = booking
  if (!isWholeWithSteps(plan)) return { policy, counted: appointment }
  const day = [appointment, ...others].find(({ ordinal }) => !standsAlone(plan, ordinal))
  return day ? { policy, counted: day } : { policy: policyOfStep(booking), counted: appointment }
}

/**
 * What a mail's words ask for, by the recipient's own clock, and nothing else: what they do not ask for is not read, and
 * what this kind of recipient cannot be told has no reading.
 */
export async function factsOf(
  deps: NoticeDeps,
  scope: PracticeScope,
  words: TemplateName,
  wording: Pick<Template, 'subject' | 'paragraphs'>,
  person: Person,
  subject: Subject,
  told: Telling
): Promise<Partial<Facts>> {
  const readings: Partial<Record<FactName, () => string | undefined | Promise<string | undefined>>> = isForStaff(words)
    ? staffReadings(deps, scope, words, person, subject, told)
    : clientReadings(deps, scope, words, person, subject, told)
  const known: Partial<Facts> = {}
  for (const fact of askedBy(wording)) {
    const value = await readings[fact]?.()
    if (value !== undefined) known[fact] = value
  }
  return known
}
