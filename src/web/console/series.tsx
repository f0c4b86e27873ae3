import { dayText } from '../../notices/wording.ts'
import { rangeText } from '../components/words.ts'
import type { StaffBooking } from './staff-booking.ts'

/** Every time of a series for staff, each with what can still be done about it. */
export const SeriesOf = ({
  booking: { booking, appointment, series, openSteps, repeats, changeable },
  zone
}: {
  booking: StaffBooking
  zone: string
}) => (
  <section class="card" aria-labelledby="series">
    <h2 id="series" safe>
      {series.length === 1 ? '1 time' : `${series.length} times`}
    </h2>
    <ol class="types spread occurrences">
      {series.map(one => {
        const text = rangeText(one.start, one.end, zone)
        return (
          <li>
            <p class={one.off ? 'quiet figures' : 'figures'}>
              {one.off ? <s safe>{text}</s> : <span safe>{text}</span>}
              {!!one.alone && (
                <span class="quiet small" safe>
                  {one.alone}
                </span>
              )}
              {one.tied && !one.off && <span class="quiet small">moves with the first of them</span>}
              {one.conflict && <span class="tag open">you are away</span>}
              {one.id === appointment && <span class="tag">shown above</span>}
            </p>
            <div class="doings small">
              {one.id === appointment ? (
                ''
              ) : (
                <a href={`/console/bookings/${booking}?appointment=${one.id}`}>
                  Show<span class="unseen" safe>{`: ${text}`}</span>
                </a>
              )}
              {changeable && one.ahead && !one.tied ? (
                <>
                  <a href={`/console/bookings/${booking}/move?appointment=${one.id}`}>
                    Change<span class="unseen" safe>{`: ${text}`}</span>
                  </a>
                  {one.callable ? (
                    <a href={`/console/bookings/${booking}/call-off?appointment=${one.id}`}>
                      Call off<span class="unseen" safe>{`: ${text}`}</span>
                    </a>
                  ) : repeats ? (
                    <>
                      <a href={`/console/bookings/${booking}/later?appointment=${one.id}`}>
                        With later ones<span class="unseen" safe>{`: ${text}`}</span>
                      </a>
                      <a href={`/console/bookings/${booking}/skip?appointment=${one.id}`}>
                        Skip<span class="unseen" safe>{`: ${text}`}</span>
                      </a>
                    </>
                  ) : (
                    ''
                  )}
                </>
              ) : (
                ''
              )}
            </div>
          </li>
        )
      })}
      {openSteps.map(({ step, whose, open: { from, to }, waits }) => {
        const days = `${dayText(from.setZone(zone))} to ${dayText(to.minus({ minutes: 1 }).setZone(zone))}`
        const text = [whose, days].filter(Boolean).join(', ')
        return (
          <li>
            <p class="figures" safe>
              {`Without a time: ${text}${waits ? ', after the one before it' : ''}`}
            </p>
            {changeable && !waits && (
              <div class="doings small">
                <a href={`/console/bookings/${booking}/steps/${step}`}>
                  Choose a time<span class="unseen" safe>{`: ${text}`}</span>
                </a>
              </div>
            )}
          </li>
        )
      })}
    </ol>
  </section>
)

/** Ending a series is for the therapist to say: it is proposed, and never done by itself. */
export const Absent = ({ booking: { booking } }: { booking: StaffBooking }) => (
  <section class="card note" aria-labelledby="absent">
    <h2 id="absent">Nobody came lately</h2>
    <p>
      The last times were missed without a word. You may want to ask how they are. If the hour is to be free for others,
      end the series: what is ahead is called off, and what took place stays.
    </p>
    <p class="actions">
      <a class="button plain" href={`/console/bookings/${booking}/cancellation`}>
        End the series
      </a>
    </p>
  </section>
)

/** What can be done about all of it. */
export const WholeSeries = ({ booking: { booking, paused, repeats } }: { booking: StaffBooking }) => (
  <p class="actions">
    {!repeats ? (
      ''
    ) : paused ? (
      <a class="button plain" href={`/console/bookings/${booking}/resume`}>
        Go on after the pause
      </a>
    ) : (
      <a class="button plain" href={`/console/bookings/${booking}/pause`}>
        Pause
      </a>
    )}
    <a class="button plain" href={`/console/bookings/${booking}/cancellation`}>
      {repeats ? 'End the series' : 'End all of it'}
    </a>
  </p>
)
