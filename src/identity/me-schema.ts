import { z } from 'zod'
import { Instant, Zone } from '../kernel/time.ts'
import { Line } from '../kernel/wire.ts'
import { CalendarTitle } from './calendar-title.ts'
import type { Person } from './people.ts'

const wordings = ['discreet', 'plain'] as const
const calendarChoices = ['invitation', 'file', 'nothing'] as const

export const MeView = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    email: z.string(),
    zone: z.string(),
    wording: z.enum(wordings),
    calendarChoice: z.enum(calendarChoices),
    calendarTitle: z.string().nullable(),
    sharedMailbox: z.boolean()
  })
  .meta({ id: 'Me' })

export function viewMe(person: Person): z.output<typeof MeView> {
  const { id, name, email, zone, wording, calendarChoice, calendarTitle, sharedMailbox } = person
  return { id, name, email, zone, wording, calendarChoice, calendarTitle, sharedMailbox }
}

export const PreferencesRequest = z
  .strictObject({
    name: Line.trim()
      .min(1, { error: 'Give a name; any name that you go by' })
      .max(200, { error: 'Give a name of at most 200 characters' }),
    zone: Zone,
    wording: z.enum(wordings, { error: 'Say discreet or plain' }),
    calendarChoice: z.enum(calendarChoices, { error: 'Say invitation, file or nothing' }),
    calendarTitle: CalendarTitle.nullable()
  })
  .partial()
  .meta({ id: 'Preferences' })

export const MailboxRequest = z.strictObject({
  shared: z.boolean({ error: 'Say whether somebody else reads the mailbox' })
})

export const PinRequest = z.strictObject({
  pin: z.string().max(100).meta({ description: '6 to 12 digits of your own' }),
  current: z.string().max(100).optional().meta({ description: 'The PIN that is there, where one is' })
})

export const AddressRequest = z.strictObject({
  email: z
    .email({ error: 'Give an e-mail address such as name@example.com' })
    .max(254, { error: 'An address has at most 254 characters' })
})

export const AddressCode = z.strictObject({
  code: z.string().regex(/^\s*(\d\s*){8}$/, { error: 'Give the eight digits that were mailed' }),
  request: z.uuid({ error: 'Give the request that the answer to your question named' })
})

export const DeviceView = z
  .object({
    id: z.uuid(),
    device: z.string().nullable(),
    trusted: z.boolean(),
    since: Instant,
    until: Instant,
    current: z.boolean()
  })
  .meta({ id: 'Device' })
