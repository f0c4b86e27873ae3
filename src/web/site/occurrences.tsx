import { dayText } from '../../notices/wording.ts'
import { rangeText } from '../components/words.ts'
import type { Shown } from './shown.ts'

type Appointment = Shown['appointments'][number]

/** The one of several that is asked about, else the next that is ahead, else the first. */
export function meantOf(
  { appointments }: Pick<Shown, 'appointments'>,
  id: string | undefined
): Appointment | undefined {
  return appointments.find(one => one.id === id) ?? appointments.find(({ ahead }) => ahead) ?? appointments[0]
}

/** How an address names one of several; nothing where there is only one thing to name. */
export function whichOf({ series }: Pick<Shown, 'series'>, { id }: Appointment): string | undefined {
  return series ? id : undefined
}

/** Said of a time that the practice cannot keep as things are. */
export const awayText = 'we are away at this time: change it, or you hear from us'

/** Every time of a series, each with what can still be done about it. */
export const Occurrences = ({ booking }: { booking: Shown }) => {
  const { id, appointments, zone, practiceZone, changeable } = booking
  const differs = appointments.some(({ start }) => start.setZone(zone).offset !== start.setZone(practiceZone).offset)
  return (
    <ol class="types spread occurrences">
      {appointments.map(one => {
        const text = rangeText(one.start, one.end, zone)
        return (
          <li>
            <p class={one.off ? 'quiet figures' : 'figures'}>
              {one.off ? <s safe>{text}</s> : <strong safe>{text}</strong>}
              <span class="small" safe>
                {[
                  one.conflict && awayText,
                  one.off && 'does not take place',
                  one.tied && !one.off && 'moves with the first of them',
                  differs && `at the practice: ${rangeText(one.start, one.end, practiceZone)}`
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </p>
            {one.makeable && (
              <div class="doings small">
                <a href={`/b/${id}/move?appointment=${one.id}`}>
                  Another time<span class="unseen" safe>{`: ${text}`}</span>
                </a>
              </div>
            )}
            {changeable && one.ahead && !one.tied ? (
              <div class="doings small">
                <a href={`/b/${id}/move?appointment=${one.id}`}>
                  Change<span class="unseen" safe>{`: ${text}`}</span>
                </a>
                {one.callable && (
                  <a href={`/b/${id}/call-off?appointment=${one.id}`}>
                    Call off<span class="unseen" safe>{`: ${text}`}</span>
                  </a>
                )}
                {booking.skippable && (
                  <a href={`/b/${id}/skip?appointment=${one.id}`}>
                    Skip<span class="unseen" safe>{`: ${text}`}</span>
                  </a>
                )}
              </div>
            ) : (
              ''
            )}
          </li>
        )
      })}
      {booking.openSteps.map(step => (
        <OpenStep booking={booking} step={step} />
      ))}
      {booking.besides.map(sentence => (
        <li>
          <p class="quiet" safe>
            {sentence}
          </p>
        </li>
      ))}
    </ol>
  )
}

/** A step that still gets its time, and by when. */
const OpenStep = ({
  booking: { id, zone, changeable },
  step: { step, from, to, waits }
}: {
  booking: Shown
  step: Shown['openSteps'][number]
}) => {
  const text = `${dayText(from.setZone(zone))} to ${dayText(to.minus({ minutes: 1 }).setZone(zone))}`
  return (
    <li>
      <p class="figures" safe>
        {waits ? 'Still to be chosen, once the one before it has its time' : `Still to be chosen, from ${text}`}
      </p>
      {changeable && !waits && (
        <div class="doings small">
          <a href={`/b/${id}/steps/${step}`}>
            Choose a time<span class="unseen" safe>{`: ${text}`}</span>
          </a>
        </div>
      )}
    </li>
  )
}
