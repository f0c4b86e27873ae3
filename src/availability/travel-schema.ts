import { z } from 'zod'
import { travelKeeps } from '../../db/schema/travels.ts'
import { Instant, LocalDate, Zone } from '../kernel/time.ts'

const travel = {
  zone: Zone,
  firstDay: LocalDate,
  lastDay: LocalDate,
  keeps: z.enum(travelKeeps).meta({
    description: 'local: 09:00 is 09:00 there. home: the same instants as at home'
  }),
  videoOnly: z.boolean().meta({ description: 'Meanwhile only places without a room' })
}

export const TravelRequest = z
  .strictObject(travel)
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, {
    path: ['lastDay'],
    error: 'The last day must not be before the first'
  })
  .refine(({ firstDay, lastDay }) => !(Date.parse(lastDay) - Date.parse(firstDay) > 366 * 86_400_000), {
    path: ['lastDay'],
    error: 'Give at most a year'
  })
export type TravelRequest = z.infer<typeof TravelRequest>

export const TravelView = z.object({ id: z.uuid(), ...travel }).meta({ id: 'Travel' })
export type TravelView = z.output<typeof TravelView>

const Sold = z.object({ id: z.uuid(), start: Instant, end: Instant })

/** A travel with what is sold on its days and would not be offered there any more. */
export const TravelAdded = TravelView.extend({
  collisions: z.array(Sold.extend({ state: z.string() })),
  /** Dates for several couples: each is moved or cancelled as a whole. */
  editions: z.array(Sold)
}).meta({ id: 'TravelAdded' })
export type TravelAdded = z.output<typeof TravelAdded>
