import { zoneText } from '../../notices/wording.ts'
import { AddressField, SayForm } from './say-form.tsx'
import { Stretches } from './stretches.tsx'

/** A no, as easy as a yes; with one note on a day, if it is asked for. */
export const NotNow = ({ action }: { action: string }) => (
  <section id="not-now" class="section">
    <h2>Not now</h2>
    <SayForm action={action} kind="not_now">
      <button type="submit">Not now</button>
      <details class="section">
        <summary>One note on a day that I choose</summary>
        <p>Then we delete your address. There is no second note.</p>
        <div class="field">
          <label for="note-on">The day</label>
          <input id="note-on" name="noteOn" type="date" autocomplete="off" />
        </div>
        <AddressField id="note-address" label="An address that only you read" />
        <button type="submit">Not now, and one note</button>
      </details>
    </SayForm>
  </section>
)

/** When it would suit, for the practice alone. */
export const SuitsMe = ({ action, zone }: { action: string; zone: string }) => (
  <section id="times" class="section">
    <h2>Times that would suit me</h2>
    <SayForm action={action} kind="times">
      <details>
        <summary>Give times</summary>
        <p safe>{`For the practice alone, in ${zoneText(zone)}. Nothing is booked by it.`}</p>
        <Stretches />
        <button type="submit">Send these times</button>
      </details>
    </SayForm>
  </section>
)

/** No word any more, to nobody and to no address. */
export const NoContact = ({ action }: { action: string }) => (
  <section id="no-contact" class="section">
    <h2>Please do not contact me again</h2>
    <SayForm action={action} kind="no_contact">
      <details>
        <summary>An address to keep out, if I like</summary>
        <AddressField id="never-address" label="We keep it so that nobody can read it, and write to it no more" />
      </details>
      <button type="submit">Do not contact me</button>
    </SayForm>
  </section>
)
