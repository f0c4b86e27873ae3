import { type Faults, Tick } from '../components/fields.tsx'

interface Props {
  given: { spokenWithEach?: string | undefined }
  faults: Faults
  /** Only who gives the practice's yes can say it. */
  may: boolean
}

/** Of what each of the two has a private call before: whether both were spoken with already. */
export const Spoken = ({ given, faults, may }: Props) => (
  <fieldset>
    <legend>A private call with each comes first</legend>
    {may && (
      <Tick name="spokenWithEach" checked={given.spokenWithEach === 'yes'} fault={faults.spokenWithEach}>
        I have spoken with each of the two, alone
      </Tick>
    )}
    <p class="quiet small">
      They get a page to give to the other of the two, who says yes or no there. Until then, and until both calls took
      place, nothing is charged.
    </p>
  </fieldset>
)
