import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import type { StaffBooking } from './staff-booking.ts'

/** Who booked from a partner’s page is known only once the practice has spoken with them. */
export const NotVerified = ({ frame, booking: { booking, mayVerify } }: { frame: Frame; booking: StaffBooking }) => (
  <div class="note">
    <p>By link, not verified: it was booked from a partner’s page, and whoever has such a page may have booked it.</p>
    {mayVerify && (
      <Post frame={frame} action={`/console/bookings/${booking}/verification`}>
        <button class="plain" type="submit">
          We have spoken with them
        </button>
      </Post>
    )}
  </div>
)
