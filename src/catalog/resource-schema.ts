import { z } from 'zod'
import { Zone } from '../kernel/time.ts'
import { Line, Slug } from '../kernel/wire.ts'
import { TherapistCare } from './care.ts'

const Name = Line.trim().min(1, { error: 'Give a name' }).max(120)
const Address = Line.trim().min(3).max(200)
const Link = z.url({ protocol: /^https$/, error: 'Give an address such as https://video.example.com/room' }).max(500)

export const TherapistView = z
  .object({ slug: z.string(), name: z.string(), zone: z.string(), care: TherapistCare.nullable() })
  .meta({ id: 'Therapist' })

export const NewTherapist = z.strictObject({
  slug: Slug,
  name: Name,
  /** Theirs: by it they sign in. Who works here already becomes a therapist besides. */
  email: z.email({ error: 'Give an e-mail address such as name@example.com' }).max(254),
  zone: Zone.optional(),
  care: TherapistCare.nullable().optional()
})
export type NewTherapist = z.infer<typeof NewTherapist>

/** `password`: what somebody new signs in with, told this once; null for who works here already. */
export const AddedTherapist = TherapistView.extend({ password: z.string().nullable() }).meta({ id: 'AddedTherapist' })

/** What is left out stays. `care: null` takes every bound away. */
export const TherapistChange = z
  .strictObject({ name: Name.optional(), zone: Zone.optional(), care: TherapistCare.nullable().optional() })
  .refine(change => Object.keys(change).length > 0, { error: 'Name what is to change: name, zone or care' })
export type TherapistChange = z.infer<typeof TherapistChange>

export const PlaceView = z
  .object({
    slug: z.string(),
    name: z.string(),
    /** Whether it is a room that one session has at a time. */
    room: z.boolean(),
    address: z.string().nullable(),
    /** Where one joins by video; left out for who sees it of no booking. */
    link: z.string().nullable().optional()
  })
  .meta({ id: 'Place' })

export const NewPlace = z.strictObject({
  slug: Slug,
  name: Name,
  room: z.boolean(),
  address: Address.nullable().optional(),
  link: Link.nullable().optional()
})
export type NewPlace = z.infer<typeof NewPlace>

/** What is left out stays. A room stays one: what is sold in it holds it. */
export const PlaceChange = z
  .strictObject({ name: Name.optional(), address: Address.nullable().optional(), link: Link.nullable().optional() })
  .refine(change => Object.keys(change).length > 0, { error: 'Name what is to change: name, address or link' })
export type PlaceChange = z.infer<typeof PlaceChange>
