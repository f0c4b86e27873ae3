import type { SlotsView } from '../../availability/schema.ts'
import { zoneText } from '../../notices/wording.ts'
import { FaultList, type Faults } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import type { ExceptionDraft, RuleDraft } from './hours-form.ts'
import { HoursPreview } from './hours-preview.tsx'
import { ExceptionRow, RuleRow } from './hours-rows.tsx'

export interface Choices {
  places: readonly { slug: string; name: string }[]
  types: readonly { slug: string; name: string }[]
}

export interface OpeningHoursProps {
  frame: Frame
  therapist: { slug: string; name: string; zone: string }
  rules: readonly RuleDraft[]
  exceptions: readonly ExceptionDraft[]
  etag: string
  choices: Choices
  faults: Faults
  /** The first address of what was saved, said once. */
  saved: boolean
  /** What could be booked in the next seven days, by session type. */
  preview: readonly { name: string; slots: SlotsView['slots'] }[]
}

/** Weekly rules and the days that replace them, row by row; adding and removing rows needs no JavaScript. */
export const OpeningHoursPage = (props: OpeningHoursProps) => {
  const { frame, therapist, rules, exceptions, etag, choices, faults, saved, preview } = props
  return (
    <Layout frame={frame} title="Opening hours" kind="staff" here="/console/opening-hours">
      <h1>Opening hours</h1>
      <p class="lede" safe>{`When ${therapist.name} can be booked, by ${zoneText(therapist.zone)}.`}</p>
      {saved && (
        <p class="note" role="status">
          Saved. The times that clients see have changed.
        </p>
      )}
      <FaultList faults={faults} />
      <Post frame={frame} action="/console/opening-hours" novalidate>
        {/* The first button is what Enter presses: it must be the saving one. It shows itself when it has the focus. */}
        <button class="unseen" type="submit" name="do" value="save">
          Save
        </button>
        <input type="hidden" name="etag" value={etag} />
        <input type="hidden" name="therapist" value={therapist.slug} />
        <section aria-labelledby="weekly">
          <h2 id="weekly">Every week</h2>
          {rules.length === 0 && <p class="quiet">No hours yet: nothing can be booked. Add a row.</p>}
          {rules.map((rule, index) => (
            <RuleRow rule={rule} index={index} choices={choices} faults={faults} />
          ))}
          <p class="actions">
            <button class="plain" type="submit" name="do" value="add-rule">
              Add a row
            </button>
          </p>
        </section>
        <section aria-labelledby="days">
          <h2 id="days">Single days</h2>
          <p class="quiet">A day named here replaces its weekly hours. Without hours it is closed.</p>
          {exceptions.map((exception, index) => (
            <ExceptionRow exception={exception} index={index} faults={faults} />
          ))}
          <p class="actions">
            <button class="plain" type="submit" name="do" value="add-exception">
              Add a day
            </button>
          </p>
        </section>
        <p class="actions">
          <button type="submit" name="do" value="save">
            Save opening hours
          </button>
        </p>
      </Post>
      <HoursPreview preview={preview} zone={therapist.zone} />
    </Layout>
  )
}
