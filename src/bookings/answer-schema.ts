import { z } from 'zod'
import { Line } from '../kernel/wire.ts'
import { SpokenWithEach } from './spoken.ts'

export const Code = z.strictObject({
  code: z.string().regex(/^\d{8}$/, { error: 'Give the eight digits that were mailed' })
})

export const Approval = z.strictObject({
  approved: z.boolean(),
  note: Line.max(500).optional(),
  spokenWithEach: SpokenWithEach
})
