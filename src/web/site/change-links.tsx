import type { Shown } from './shown.ts'

/** What can still be changed, at the foot of a confirmed booking. */
export const ChangeLinks = ({ booking }: { booking: Shown }) => (
  <section aria-labelledby="changes">
    <h2 id="changes">If something comes up</h2>
    {booking.series && <p safe>{eachText(booking)}</p>}
    <p class="actions">
      {!booking.series && booking.movable && (
        <a class="button plain" href={`/b/${booking.id}/move`}>
          Change the time
        </a>
      )}
      {booking.skippable && booking.series && !booking.paused && (
        <a class="button plain" href={`/b/${booking.id}/pause`}>
          Pause
        </a>
      )}
      {booking.endable && (
        <a class="button plain" href={`/b/${booking.id}/cancellation`}>
          {booking.series ? 'End it' : 'Cancel the appointment'}
        </a>
      )}
    </p>
  </section>
)

/** What can be done with one of several by itself, and what with all of them. */
function eachText({ skippable, stepwise, endable, appointments }: Shown): string {
  const each = skippable ? ' or skipped' : stepwise ? ' or called off' : ''
  const all = skippable ? ' For a longer time away, or to stop:' : endable ? ' To stop altogether:' : ''
  if (stepwise && appointments.some(({ callable }) => !callable))
    return `What belongs together is changed as one; what stands beside it can be changed or called off by itself, above.${all}`
  return `Each of your times can be changed${each} by itself, above.${all}`
}
