import { zoneText } from '../../notices/wording.ts'
import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults, Field, Tick } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { NameField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'
import { zoneChoices } from '../site/zones.ts'
import { Portal } from './portal.tsx'

/** What stands in the fields: as it is kept, or as it was typed. */
export type Given = Readonly<Record<'name' | 'zone' | 'wording' | 'calendarChoice' | 'calendarTitle', string>>

interface Props {
  frame: Frame
  given: Given
  practiceZone: string
  faults: Faults
  saved: boolean
}

/** How a person is called and written to. It counts for them alone. */
export const PreferencesPage = ({ frame, given, practiceZone, faults, saved }: Props) => (
  <Portal frame={frame} here="/me/preferences">
    <FaultList faults={faults} />
    <section>
      <h1>How we write to you</h1>
      {saved && (
        <p class="note" role="status">
          Saved. It counts from the next mail on.
        </p>
      )}
      <p>It counts for you alone: nobody else’s mails or calendar change with it.</p>
      <Emergency frame={frame} />
      <Post frame={frame} action="/me/preferences" novalidate>
        <NameField hint="Any name that you go by. Mails never carry it." value={given.name} fault={faults.name} />
        <div class="field">
          <label for="zone">Your time zone</label>
          <select id="zone" name="zone">
            {zoneChoices(given.zone, practiceZone).map(name => (
              <option value={name} selected={name === given.zone} safe>
                {zoneText(name)}
              </option>
            ))}
          </select>
        </div>
        <fieldset>
          <legend>The words of our mails</legend>
          <Tick name="wording" id="wording" type="radio" value="discreet" checked={given.wording === 'discreet'}>
            Only when <span class="hint small quiet">A date and a time, from a neutral name.</span>
          </Tick>
          <Tick name="wording" id="wording-plain" type="radio" value="plain" checked={given.wording === 'plain'}>
            Also what, with whom and where{' '}
            <span class="hint small quiet">Whoever sees your mails or your calendar reads it too.</span>
          </Tick>
        </fieldset>
        <fieldset>
          <legend>Your calendar</legend>
          <Tick
            name="calendarChoice"
            id="calendarChoice"
            type="radio"
            value="invitation"
            checked={given.calendarChoice === 'invitation'}
          >
            An invitation with the mail, which your calendar may enter by itself
          </Tick>
          <Tick
            name="calendarChoice"
            id="calendar-file"
            type="radio"
            value="file"
            checked={given.calendarChoice === 'file'}
          >
            A file that you add yourself, if you like
          </Tick>
          <Tick
            name="calendarChoice"
            id="calendar-nothing"
            type="radio"
            value="nothing"
            checked={given.calendarChoice === 'nothing'}
          >
            Nothing
          </Tick>
        </fieldset>
        <Field
          name="calendarTitle"
          label="Your own title for calendar entries"
          hint="Nothing: Appointment. Only your own calendar shows it."
          value={given.calendarTitle}
          fault={faults.calendarTitle}
          autocomplete="off"
          maxlength={60}
        />
        <p class="actions">
          <button type="submit">Save</button>
        </p>
      </Post>
    </section>
  </Portal>
)
