import { secretsWords } from '../../clients/partner-texts.ts'
import { conversionWords } from '../../clients/together-texts.ts'
import { choiceNames } from '../../identity/choices.ts'
import { FaultList, type Faults, Field, Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

/** What stands in the fields: as it is kept, or as it was typed. */
export interface Shown {
  secrets: string | null | undefined
  conversion: string | null | undefined
  emergency: string | undefined
  replyWithin: string | undefined
}

interface Props {
  frame: Frame
  chosen: Shown
  etag: string
  mayChoose: boolean
  saved: boolean
  faults: Faults
}

/** What every practice chooses for itself, in the words that clients read: two without a default, and whom to call. */
export const ChoicesPage = ({ frame, chosen, etag, mayChoose, saved, faults }: Props) => (
  <Layout frame={frame} title="Choices" kind="staff" here="/console/choices">
    <h1>Choices</h1>
    <p class="lede">
      What only your practice can decide. Clients read it in these words; until the first two are chosen, no two begin
      together.
    </p>
    {saved && (
      <p class="notice" role="status">
        Saved.
      </p>
    )}
    <FaultList faults={faults} />
    <Post frame={frame} action="/console/choices" class="stack narrow-start">
      <input type="hidden" name="etag" value={etag} />
      <div class="card">
        <fieldset id="secrets" disabled={!mayChoose}>
          <legend>What one of two tells the therapist alone</legend>
          {choiceNames.secrets.map(name => (
            <Tick name="secrets" id={`secrets-${name}`} type="radio" value={name} checked={chosen.secrets === name}>
              <span>{secretsWords[name]}</span>
            </Tick>
          ))}
        </fieldset>
      </div>
      <div class="card">
        <fieldset id="conversion" disabled={!mayChoose}>
          <legend>When one of two was seen alone, and both want to begin</legend>
          {choiceNames.conversion.map(name => (
            <Tick
              name="conversion"
              id={`conversion-${name}`}
              type="radio"
              value={name}
              checked={chosen.conversion === name}
            >
              <span safe>{conversionWords[name]}</span>
            </Tick>
          ))}
        </fieldset>
      </div>
      <div class="card">
        <fieldset disabled={!mayChoose}>
          <legend>In danger, and how soon you reply</legend>
          <div class="field">
            <label for="emergency">Whom to call</label>
            <p id="emergency-hint">
              It stands on every page, and in the answer to whoever says that they are not safe. Name the numbers of
              your country.
            </p>
            {!!faults.emergency && (
              <p id="emergency-fault" class="fault" safe>
                {faults.emergency}
              </p>
            )}
            <textarea
              id="emergency"
              name="emergency"
              rows="5"
              maxlength="600"
              aria-invalid={faults.emergency ? 'true' : undefined}
              aria-describedby={faults.emergency ? 'emergency-hint emergency-fault' : 'emergency-hint'}
              safe
            >
              {chosen.emergency ?? ''}
            </textarea>
          </div>
          <Field
            name="replyWithin"
            label="You reply within"
            hint="Such as “two working days”. Whatever stands here, you are reminded of what waits after two."
            maxlength={60}
            value={chosen.replyWithin}
            fault={faults.replyWithin}
          />
        </fieldset>
      </div>
      {mayChoose ? (
        <button type="submit">Save the choices</button>
      ) : (
        <p class="quiet">Only the owner of the practice chooses this.</p>
      )}
    </Post>
  </Layout>
)
