import { z } from 'zod'
import { Zone } from '../kernel/time.ts'
import { Line } from '../kernel/wire.ts'

/** Who books or waits, as they say it themselves. It proves nothing. */
export const Person = z.strictObject({
  name: Line.trim()
    .min(1, { error: 'Give a name; any name that you go by' })
    .max(200, { error: 'Give a name of at most 200 characters' }),
  email: z.email({ error: 'Give an e-mail address such as name@example.com' }).max(254),
  zone: Zone,
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ()./-]{5,30}$/, { error: 'Give a phone number such as +1 212 555 0100, or leave it out' })
    .optional()
})
