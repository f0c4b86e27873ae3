import type { Children } from '@kitajs/html'
import type { WebDeps } from '../deps.ts'
import { frameOf } from '../page.ts'
import { StaffBookingPage } from './booking.tsx'
import { showStaffBooking } from './show-staff-booking.ts'

/** A request about one booking. */
export type Shown = Parameters<typeof frameOf>[0] & { params: { id: string } }

/** The page of a booking, with something below it that can be done about its times. */
export function seriesPage(deps: WebDeps) {
  return async (request: Shown, appointment: string | undefined, fault?: string) => {
    const { scope, actor, params } = request
    const booking = await showStaffBooking(deps, scope, actor, params.id, appointment)
    const frame = frameOf(request, deps.settings)
    const show = (children: Children) => (
      <StaffBookingPage frame={frame} booking={booking} zone={scope.practice.zone} fault={fault}>
        {children}
      </StaffBookingPage>
    )
    return { frame, booking, with: show }
  }
}
