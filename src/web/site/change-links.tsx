import type { Shown } from './shown.ts'

/** What can still be changed, at the foot of a confirmed booking. */
export const ChangeLinks = ({ booking }: { booking: Shown }) => {
  const { id, series, skippable, paused, movable, endable } = booking
  return series ? (
    <section aria-labelledby="changes">
      <h2 id="changes">If something comes up</h2>
      <p safe>
        {`${eachText(booking)}, above. ${skippable ? 'For a longer time away, or to stop:' : endable ? 'To stop altogether:' : ''}`}
      </p>
      <p class="actions">
        {skippable && !paused && (
          <a class="button plain" href={`/b/${id}/pause`}>
            Pause
          </a>
        )}
        {endable && (
          <a class="button plain" href={`/b/${id}/cancellation`}>
            End it
          </a>
        )}
      </p>
    </section>
  ) : (
    <OneChange id={id} movable={movable} />
  )
}

/** What can be done with one of several. */
function eachText({ skippable, stepwise, appointments }: Shown): string {
  if (stepwise && appointments.some(({ callable }) => !callable))
    return 'What belongs together is changed as one; what stands beside it can be changed or called off by itself'
  return `Each of your times can be changed${skippable ? ' or skipped' : stepwise ? ' or called off' : ''} by itself`
}

const OneChange = ({ id, movable }: { id: string; movable: boolean }) => (
  <section aria-labelledby="changes">
    <h2 id="changes">If something comes up</h2>
    <p class="actions">
      {movable && (
        <a class="button plain" href={`/b/${id}/move`}>
          Change the time
        </a>
      )}
      <a class="button plain" href={`/b/${id}/cancellation`}>
        Cancel the appointment
      </a>
    </p>
  </section>
)
