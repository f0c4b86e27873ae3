import { dayText, zoneText } from '../../notices/wording.ts'
import { Emergency } from '../components/emergency.tsx'
import { ArrowLeft, ArrowRight } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { slotText, slotValue } from '../components/slots.tsx'
import type { Alternative } from '../site/alternatives.ts'
import type { CallTimes } from './call-times.ts'
import { SayForm } from './say-form.tsx'

interface Props {
  frame: Frame
  times: CallTimes
  zone: string
  /** The page that led here. */
  back: string
}

/** Twenty minutes for whoever came by a partner's page: a week of times. Where it was made for is not known. */
export const CallTimesPage = ({ frame, times: { days, earlier, later }, zone, back }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section>
        <a class="back" href={back}>
          <ArrowLeft /> Back
        </a>
        <h1>Twenty minutes, just you</h1>
        <p class="lede">To ask, not to be persuaded. Free. It is in nobody else’s calendar, and nobody else is told.</p>
        <p class="quiet small" safe>{`Times are ${zoneText(zone)}.`}</p>
        <p class="hint small" data-zone-hint={zone} />
      </section>
      {days.length === 0 && (
        <p class="note">
          There is no free time in these days. <a href="/contact">Ask us</a>
        </p>
      )}
      {days.map(({ day, slots }, index) => (
        <details open={index === 0}>
          <summary safe>{dayText(day)}</summary>
          <SayForm action="/p/call/details">
            <input type="hidden" name="zone" value={zone} />
            <div class="hours">
              {slots.map(slot => (
                <button type="submit" name="slot" value={slotValue(slot)} safe>
                  {slotText(slot.start, zone, true)}
                </button>
              ))}
            </div>
          </SayForm>
        </details>
      ))}
      <nav class="actions" aria-label="Other days">
        {!!earlier && (
          <a href={weekAddress(back, earlier, zone)}>
            <ArrowLeft /> Earlier
          </a>
        )}
        {!!later && (
          <a href={weekAddress(back, later, zone)}>
            Later <ArrowRight />
          </a>
        )}
      </nav>
      <Emergency frame={frame} />
    </div>
  </Layout>
)

/** The time has gone meanwhile: the nearest others. */
export const CallTaken = ({
  frame,
  alternatives,
  zone
}: Omit<Props, 'times' | 'back'> & { alternatives: Alternative[] }) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section role="alert">
        <h1>That time has just been taken</h1>
        {alternatives.length > 0 && <p class="lede">The nearest are:</p>}
        <SayForm action="/p/call/details">
          <input type="hidden" name="zone" value={zone} />
          <div class="hours wide">
            {alternatives.map(({ slot }) => (
              <button type="submit" name="slot" value={slotValue(slot)} safe>
                {slotText(slot.start, zone, false)}
              </button>
            ))}
          </div>
        </SayForm>
        <p>
          <a href="/p/call">All free times</a> · <a href="/contact">Ask us</a>
        </p>
      </section>
    </div>
  </Layout>
)

function weekAddress(back: string, from: string, zone: string): string {
  return `${back}/call?${new URLSearchParams({ from, zone })}`
}
