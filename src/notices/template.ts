/**
 * A mail of the practice, as data. What a mail may say is what it declares: there is no fact for a name or a price, and
 * for a session type, a place and a therapist only `{what}`, which the plain wording fills. A paragraph that asks for an
 * optional fact is left out where that is not known.
 */
export interface Template<Fact extends FactName = FactName> {
  /** Everything that its words may ask for; a placeholder that is not among them does not compile (templates.ts). */
  facts: readonly Fact[]
  subject: string
  paragraphs: readonly string[]
  /** The first of them, where the mail is about several appointments and it is said otherwise. */
  several?: string
  /** All that is said where somebody else reads the mailbox: a time, and no address that opens anything. */
  bare?: string
}

/** Everything that a placeholder can stand for. Nothing else ever reaches a template. */
export interface Facts {
  day: string
  time: string
  /** `10:00`. */
  start: string
  zone: string
  /** The address that opens this one booking. */
  link: string
  /** Until when something is free of charge, or a time is kept, or what it costs stays the same. Optional. */
  until: string
  /** What changes in a calendar with this mail, where something does. Optional. */
  entry: string
  /** What is in a calendar and does not follow by itself, where that may be. Optional. */
  stale: string
  /** Where the file for the calendar is, for who wants to add it themselves. Optional. */
  file: string
  /** When the practice will have answered, or until when an answer counts. */
  deadline: string
  /** In what time the practice writes back: `two working days`. */
  within: string
  /** The other appointments that a mail about several speaks of. Optional. */
  others: string
  /** The time that another one would replace. */
  old: string
  /** `, instead of` the time before, where that is known; else nothing. */
  instead: string
  code: string
  /** What the staff call a booking where no name may stand. */
  reference: string
  /** The address of the staff's pages. */
  console: string
  /** The plain wording's addition after the date; nothing in the discreet one. */
  what: string
}

export type FactName = keyof Facts

/** What each kind of recipient can be told at all, whatever the template: of a booking, staff the time, partners nothing. */
export const tellable = {
  client: [
    ...(['day', 'time', 'start', 'zone', 'deadline', 'within', 'old', 'instead', 'until', 'others'] as const),
    ...(['link', 'code', 'entry', 'stale', 'file', 'what'] as const)
  ],
  staff: ['day', 'time', 'start', 'zone', 'deadline', 'old', 'instead', 'until', 'others', 'reference', 'console'],
  partner: ['link']
} as const satisfies Record<string, readonly FactName[]>

export type Recipient = keyof typeof tellable
export type TemplateFor<R extends Recipient> = Template<(typeof tellable)[R][number]>

/** The facts that words ask for; the foot’s own are known to every mail. */
export function askedBy({ subject, paragraphs }: Pick<Template, 'subject' | 'paragraphs'>): FactName[] {
  const names = [subject, ...paragraphs].flatMap(text => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  return [...new Set(names)] as FactName[]
}

/** Without these a mail is whole: the paragraphs that ask for them are left out. */
export const optional = ['others', 'until', 'entry', 'stale', 'file'] as const satisfies readonly FactName[]

/** Subjects that several mails share. */
export const subjects = {
  appointment: 'Your appointment on {day}',
  question: 'A question about your appointment'
} as const

/** The foot of every mail: from whom it is, and where it stands how the practice writes. */
export const foot = '{office} · How we write to you: {about}'
