import type { Children } from '@kitajs/html'
import { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import { dayText, zoneText } from '../../notices/wording.ts'
import { ArrowLeft, ArrowRight } from './icons.tsx'
import type { Frame } from './layout.tsx'
import { Post } from './post.tsx'
import { slotText } from './slots.tsx'
import { zoneMark } from './words.ts'

interface Props {
  frame: Frame
  /** Where a chosen start is posted to; the same address with `?from=` shows another week. */
  action: string
  slots: SlotsView['slots']
  /** The first day that is shown, and how many there are. */
  from: DateTime
  days: number
  /** The first day on which there can be a free time, and the last. */
  earliest: DateTime
  latest: DateTime
  /** Which of several is moved. */
  appointment?: string | undefined
  /** What is said or asked above the times, inside the form. */
  children?: Children
}

/** The free starts of some days as buttons; choosing one moves the appointment, or asks for it. */
export const MoveTimes = ({ frame, action, slots, from, days, earliest, latest, appointment, children }: Props) => {
  const zone = from.zoneName ?? 'utc'
  const byDay = Map.groupBy(slots, ({ start }) => DateTime.fromISO(start, { zone }).toFormat('yyyy-LL-dd'))
  const before = from.minus({ days })
  const after = from.plus({ days })
  const last = from.plus({ days: days - 1 })
  return (
    <section aria-labelledby="free">
      <div class="months">
        <Neighbour
          action={action}
          appointment={appointment}
          from={before.plus({ days }) > earliest ? before : undefined}
          name="Earlier"
        >
          <ArrowLeft />
        </Neighbour>
        <h2 id="free" safe>{`${dayText(from)} – ${dayText(last)}`}</h2>
        <Neighbour action={action} appointment={appointment} from={after <= latest ? after : undefined} name="Later">
          <ArrowRight />
        </Neighbour>
      </div>
      <p class="quiet small" safe>{`${zoneText(zone)} (${zoneMark(from)})`}</p>
      <Post frame={frame} action={action} class="stack">
        {!!appointment && <input type="hidden" name="appointment" value={appointment} />}
        <div>{children}</div>
        {[...byDay].map(([day, those]) => (
          <section aria-labelledby={`d${day}`}>
            <h3 id={`d${day}`} safe>
              {dayText(DateTime.fromISO(day, { zone }))}
            </h3>
            <div class="hours">
              {those.map(({ start }) => (
                <button type="submit" name="start" value={start} safe>
                  {slotText(start, zone, true)}
                </button>
              ))}
            </div>
          </section>
        ))}
      </Post>
      {byDay.size === 0 && <p>There is no free time on these days. Look earlier or later, or ask us.</p>}
    </section>
  )
}

const Neighbour = ({
  action,
  appointment,
  from,
  name,
  children
}: {
  action: string
  appointment: string | undefined
  from: DateTime | undefined
  name: string
  children: JSX.Element
}) =>
  from ? (
    <a
      href={`${action}?${new URLSearchParams({ from: from.toFormat('yyyy-LL-dd'), ...(appointment && { appointment }) })}`}
      aria-label={name}
    >
      {children}
    </a>
  ) : (
    <span>{children}</span>
  )
