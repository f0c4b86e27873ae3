import type { SessionType } from '../../catalog/session-type.ts'
import { Tick } from '../components/fields.tsx'
import { ArrowRight } from '../components/icons.tsx'
import { everyText } from './often.ts'

interface Props {
  slug: string
  repeat: NonNullable<SessionType['plan']['repeat']>
}

/** How often a session is wanted: a number, and how many weeks apart. */
export const HowOften = ({ slug, repeat: { times, least, most, every, open } }: Props) => (
  <section class="card" aria-labelledby="often">
    <h2 id="often">How often</h2>
    <form method="get" action={`/sessions/${encodeURIComponent(slug)}/times`}>
      <div class="field">
        <label for="times">How many times</label>
        <p id="times-hint" safe>{`From ${least} to ${most}. Single ones can be left out or lie elsewhere.`}</p>
        <input
          id="times"
          name="times"
          type="number"
          min={least}
          max={most}
          value={String(times)}
          aria-describedby="times-hint"
        />
      </div>
      {every.length > 1 && (
        <fieldset>
          <legend>How far apart</legend>
          {every.map((days, index) => (
            <Tick name="every" id={`every-${days}`} type="radio" value={String(days)} checked={index === 0}>
              <span safe>{everyText(days)}</span>
            </Tick>
          ))}
        </fieldset>
      )}
      {open && (
        <Tick name="open">
          Until we end it
          <span class="told quiet small">Twelve weeks are kept for you, and further ones as they pass.</span>
        </Tick>
      )}
      <p class="actions">
        <button type="submit">
          See the times <ArrowRight />
        </button>
      </p>
    </form>
  </section>
)
