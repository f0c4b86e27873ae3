import { secretsWords } from '../../clients/partner-texts.ts'
import { conversionWords } from '../../clients/together-texts.ts'
import { choiceNames } from '../../identity/choices.ts'
import { FaultList, type Faults, Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  chosen: { secrets: string | null; conversion: string | null }
  etag: string
  mayChoose: boolean
  saved: boolean
  faults: Faults
}

/** What every practice chooses for itself, without a default, in the words that clients read. */
export const ChoicesPage = ({ frame, chosen, etag, mayChoose, saved, faults }: Props) => (
  <Layout frame={frame} title="Choices" kind="staff" here="/console/choices">
    <h1>Choices</h1>
    <p class="lede">
      What only your practice can decide. Clients read it in these words; until both are chosen, no two begin together.
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
      {mayChoose ? (
        <button type="submit">Save the choices</button>
      ) : (
        <p class="quiet">Only the owner of the practice chooses this.</p>
      )}
    </Post>
  </Layout>
)
