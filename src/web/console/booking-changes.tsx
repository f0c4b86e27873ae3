/** What can be done with what is one appointment, or one whole. */
export const Changes = ({ booking: { booking } }: { booking: { booking: string } }) => (
  <p class="actions">
    <a class="button plain" href={`/console/bookings/${booking}/move`}>
      Change the time
    </a>
    <a class="button plain" href={`/console/bookings/${booking}/cancellation`}>
      Cancel
    </a>
  </p>
)
