/**
 * A mail of the practice, as data. What a mail may say is what its placeholders ask for; there is none for a name,
 * a session type, a place or a price, but `{what}`, which only the plain wording fills. A paragraph that asks for an
 * optional fact is left out where that is not known.
 */
export interface Template {
  subject: string
  paragraphs: readonly string[]
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
  /** When the practice will have answered, or until when an answer counts. */
  deadline: string
  /** In what time the practice writes back: `two working days`. */
  within: string
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

/** Without these a mail is whole: the paragraphs that ask for them are left out. */
export const optional = ['until', 'entry'] as const satisfies readonly (keyof Facts)[]

/** Subjects that several mails share. */
export const subjects = {
  appointment: 'Your appointment on {day}',
  question: 'A question about your appointment'
} as const

/** The foot of every mail: from whom it is, and where it stands how the practice writes. */
export const foot = '{office} · How we write to you: {about}'
