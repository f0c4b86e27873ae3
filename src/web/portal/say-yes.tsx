import { conversionWords, oneFact } from '../../clients/together-texts.ts'
import { FaultList, type Faults, Field, Tick } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { NameField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'

/** What was typed and could not be taken as it is. */
export interface TypedYes {
  name: string
  whom: string
  link: string
  mayTell: string
  faults: Faults
}

interface Props {
  frame: Frame
  /** They were seen alone here, and are asked whether the other may read that. */
  asksOneFact: boolean
  /** The practice does not know what they go by. */
  asksName: boolean
  conversion: keyof typeof conversionWords | undefined
  typed: TypedYes | undefined
}

const nothing: TypedYes = { name: '', whom: '', link: '', mayTell: '', faults: {} }

/** The form by which one of two says yes, for themselves. */
export const SayYes = ({
  frame,
  asksOneFact,
  asksName,
  conversion,
  typed: { name, whom, link, mayTell, faults } = nothing
}: Props) => (
  <section class="card" aria-labelledby="yes">
    <h2 id="yes">Your own yes</h2>
    <FaultList faults={faults} />
    <Post frame={frame} action="/me/start" novalidate>
      {asksName && <NameField value={name} fault={faults.name} />}
      <Field
        name="whom"
        label="With whom?"
        value={whom}
        fault={faults.whom}
        hint="A name by which the practice can tell. Only your therapist reads it."
        autocomplete="off"
        maxlength={200}
      />
      <Field
        name="link"
        value={link}
        fault={faults.link}
        label="The private page that one of you gave the other (may be left out)"
        hint="Its address helps the practice to tell who belongs to whom. It shows nobody anything."
        autocomplete="off"
        maxlength={300}
      />
      {asksOneFact && (
        <fieldset id="mayTell">
          <legend>You have had sessions of your own here. May the other read this one sentence?</legend>
          <p class="typed">{`“${oneFact}”`}</p>
          <p class="small quiet">
            No dates, no number, nothing of what was said. Without it you cannot begin together with the same therapist.
          </p>
          {!!conversion && (
            <p class="small quiet" safe>
              {conversionWords[conversion]}
            </p>
          )}
          <Tick name="mayTell" id="tell-yes" type="radio" value="yes" checked={mayTell === 'yes'}>
            Yes, this sentence
          </Tick>
          <Tick name="mayTell" id="tell-no" type="radio" value="no" checked={mayTell === 'no'}>
            No
          </Tick>
        </fieldset>
      )}
      <p class="small quiet">
        Would it be all right at home if this were raised? If you are not sure, talk with us alone first:{' '}
        <a href="/contact#reach">how to reach us</a>.
      </p>
      <button type="submit">I would like to begin together</button>
    </Post>
  </section>
)
