import { sealChoice } from '../../../src/web/choice.ts'
import { free } from './bodies.ts'
import { type BookingName, isOfBooking } from './marks.ts'
import type { World } from './world.ts'

/** What a table may call a request's thing by besides a booking's name: it stands in the address for the parameter. */
const named: Readonly<Record<string, (world: World) => string>> = {
  call: world => world.call.id,
  retreat: () => 'retreat',
  seat: world => world.dates.seat,
  'mailed link': world => world.booked.alone.mail,
  therapist: world => world.feeds.therapist.token
}

/** Names what there is not. */
export const nobody = 'nobody'

/** A route as the page names it: what is in an address only to tell versions of a file apart is left out. */
export const nameOf = (route: string): string => route.replace(/^(GET \/assets\/[\w-]+)\.[\w-]+\./, '$1.*.')

/** What stands in an address for each parameter, by all that comes before it. The first that fits counts. */
const parameters: readonly [pattern: RegExp, value: (world: World, of: BookingName) => string][] = [
  [/^\/api\/session-types\/:slug$/, () => 'couples'],
  [/^\/sessions\/:slug$/, () => 'couples'],
  [/^\/api\/appointments\/:id$/, (world, of) => world.booked[of].appointment],
  [/^\/(api\/bookings|b|console\/bookings)\/:id$/, (world, of) => world.booked[of].id],
  [/^\/b\/:id\/feed\/:feed$/, world => world.feeds.booker.id],
  [/^\/(b\/:id|me)\/share\/:invitation$/, world => world.partner.invitation],
  [/^\/b\/new\/:sealed$/, world => sealed(world)],
  [/^\/w\/new\/:sealed$/, world => sealedDates(world)],
  [/^\/(api\/waitlist-entries|w)\/:token$/, world => world.dates.token],
  [/^\/api\/waitlist-entries\/:id$/, world => world.dates.line],
  [/^\/(api|console)\/editions\/:id$/, world => world.dates.full],
  [/^\/console\/editions\/:id\/line\/:entry$/, world => world.dates.line],
  [/^\/console\/editions\/:id\/seats\/:booking$/, world => world.dates.seat],
  [/^(\/b|\/console\/bookings)\/:id\/steps\/:step$/, () => '1'],
  [/^\/b\/each\/:sealed$/, world => sealed(world, { type: 'weekly', times: 2, every: 7 })],
  [/^\/x\/:attempt$/, world => world.attempt],
  [/^\/(api|console)\/therapists\/:slug$/, () => 'jessica'],
  [/^\/console\/session-types\/:slug$/, () => 'couples'],
  [/^\/api\/places\/:slug$/, () => 'office'],
  [/^\/api\/therapists\/:slug\/time-off\/:id$/, world => world.timeOff],
  [/^\/(api\/bulk-changes\/:id|console\/time-off\/changes\/:change)$/, world => world.change],
  [/^\/api\/therapists\/:slug\/feeds\/:id$/, world => world.feeds.therapist.id],
  [/^\/api\/therapists\/:slug\/outside-calendars\/:id$/, world => world.outsideCalendar],
  [/^\/console\/outside-calendars\/:calendar$/, world => world.outsideCalendar],
  [/^\/api\/me\/feeds\/:id$/, world => world.feeds.booker.id],
  [/^\/(api\/me\/devices\/:id|me\/devices\/:device)$/, world => world.device],
  [/^\/me\/feeds\/:feed$/, world => world.feeds.booker.id],
  [/^\/(api\/me\/memberships|me\/leaving)\/:id$/, world => world.couple.id],
  [/^\/(api|console)\/clients\/:id$/, world => world.couple.id],
  [/^\/(api|console)\/beginnings\/:id$/, world => world.couple.beginning],
  [/^\/api\/yeses\/:id$/, world => world.couple.yes],
  [/^\/(a|api\/partner-links)\/:token$/, world => world.booked.linked.link],
  [/^\/(api\/therapists\/:slug\/travels\/:id|console\/travels\/:travel)$/, world => world.travel],
  [/^\/(o|api\/proposal-links)\/:token$/, world => world.proposal.link],
  [/^\/(api|console)\/proposals\/:id$/, world => world.proposal.id],
  [/^\/sign-in\/:request$/, world => world.asked],
  [/^\/me\/address\/:request$/, world => world.proof.request],
  [/^\/s\/:link$/, world => world.signInLink],
  [/^\/console\/time-off\/:timeOff$/, world => world.timeOff],
  [/^\/console\/feeds\/:feed$/, world => world.feeds.therapist.id],
  [/^\/(api|console)\/inbox\/:id$/, world => world.partner.item],
  [/^\/api\/partner-invitations\/:id$/, world => world.partner.invitation],
  [/^\/(api\/partner-invitations|p)\/:token$/, world => world.partner.link],
  [/^\/calendars\/:token$/, world => world.feeds.booker.token],
  [/^\/api\/docs\/static\/\*$/, () => 'swagger-ui.css']
]

/** An address for a pattern; for nobody's, one of the same form that leads to nothing. */
export function addressOf(pattern: string, world: World, of: string): string {
  const booking = isOfBooking(of) ? of : 'alone'
  let address = ''
  let before = ''
  for (const part of pattern.split(/(:\w+|\*)/)) {
    before += part
    if (!/^(:|\*)/.test(part)) address += part
    else {
      const value = named[of] ?? parameters.find(([fits]) => fits.test(before))?.[1]
      if (!value) throw new Error(`Nothing is known to stand at ${before}: add it to parameters`)
      address += of === nobody ? likeness(value(world, booking)) : value(world, booking)
    }
  }
  return address
}

/** Of the same form, and of nothing that there is. */
function likeness(value: string): string {
  if (/^[0-9a-f-]{36}$/.test(value)) return '018f0000-0000-7000-8000-000000000000'
  // A number names a step of something, and nothing by itself.
  if (/^\d+$/.test(value)) return value
  return value.length > 20 ? [...value].reverse().join('') : 'no-such-thing'
}

function sealed({ house }: World, more: object = {}): string {
  const choice = {
    type: 'couples',
    start: free,
    therapist: 'jessica',
    place: 'office',
    zone: 'America/New_York',
    ...more
  }
  return sealChoice(house.deps.secrets, house.scope, choice)
}

function sealedDates({ house, dates }: World): string {
  const choice = { type: 'retreat', edition: dates.full, start: free, therapist: 'jessica', place: 'office' }
  return sealChoice(house.deps.secrets, house.scope, { ...choice, zone: 'America/New_York' })
}
