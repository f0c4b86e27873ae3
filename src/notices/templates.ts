/**
 * Every mail of the practice, as data. What a mail may say is what its placeholders ask for; there is none for a name,
 * a session type, a place or a price, but `{what}`, which only the plain wording fills. A paragraph whose `{until}` is
 * not known is left out.
 */
export interface Template {
  subject: string
  paragraphs: readonly string[]
}

/** Everything that a placeholder can stand for. Nothing else ever reaches a template. */
export interface Facts {
  day: string
  time: string
  zone: string
  /** The address that opens this one booking. */
  link: string
  /** Until when something is free of charge, or a time is kept. */
  until: string
  /** When the practice will have answered. */
  deadline: string
  code: string
  /** What the staff call a booking where no name may stand. */
  reference: string
  /** The address of the staff's pages. */
  console: string
  /** The plain wording's addition after the date; nothing in the discreet one. */
  what: string
}

const appointment = 'Your appointment on {day}'

export const templates = {
  confirmed: {
    subject: appointment,
    paragraphs: [
      'Hello, your appointment is confirmed: {day}, {time} ({zone}){what}.',
      'Where, and everything else: {link}',
      'You can change or cancel it free of charge until {until}.'
    ]
  },
  requested: {
    subject: appointment,
    paragraphs: [
      'Hello, thank you. We are keeping {day}, {time} ({zone}){what} for you. You will hear from us by {deadline}.',
      'Until then nothing is charged: {link}'
    ]
  },
  approved: {
    subject: appointment,
    paragraphs: [
      'Hello, your appointment on {day}, {time} ({zone}){what} can be confirmed now. Your time is kept until {until}: {link}'
    ]
  },
  lapsed: {
    subject: appointment,
    paragraphs: [
      'Hello, the time on {day} at {time} was not confirmed and is free again. Nothing was charged.',
      'Other times: {link}'
    ]
  },
  declined: {
    subject: appointment,
    paragraphs: [
      'Hello, thank you for your time. The appointment on {day} at {time} will not take place. Nothing was charged.',
      'We do not think it is the right one at present, and would rather say so now than later. You can talk with us: {link}'
    ]
  },
  cancelled: {
    subject: appointment,
    paragraphs: [
      'Hello, we are sorry: we have to cancel your appointment on {day} at {time}. You pay nothing, and what you paid comes back in full.',
      'Times that could suit you: {link}'
    ]
  },
  'payment-failed': {
    subject: 'A question about your appointment',
    paragraphs: ['Hello, your payment did not go through. Your time is kept until {until}: {link}']
  },
  refunded: {
    subject: 'A question about your appointment',
    paragraphs: [
      'Hello, your payment came after the time on {day} at {time} was free again, and it has been taken since. The payment comes back to you in full.',
      'Other times: {link}'
    ]
  },
  code: {
    subject: 'Your code',
    paragraphs: [
      'Hello, you asked for a code. If it was not you, ignore this mail; nothing happens without the code. It works once, for ten minutes, in the browser where you asked. We never ask for it by phone.',
      'Your code: {code}'
    ]
  },
  'staff-confirmed': {
    subject: 'New appointment on {day}',
    paragraphs: ['Hello, a new appointment: {day}, {time} ({zone}). Reference {reference}.', 'After sign-in: {console}']
  },
  'staff-requested': {
    subject: 'An appointment to answer: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for. Without your answer by {deadline} the time is free again. Reference {reference}.',
      'After sign-in: {console}'
    ]
  },
  'staff-cancelled': {
    subject: 'Cancelled: {day}',
    paragraphs: ['Hello, {day}, {time} ({zone}) is cancelled. Reference {reference}.', 'After sign-in: {console}']
  }
} as const satisfies Record<string, Template>

export type TemplateName = keyof typeof templates

export function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(templates, name)
}

/** The foot of every mail: from whom it is, and where it stands how the practice writes. */
export const foot = '{office} · How we write to you: {about}'
