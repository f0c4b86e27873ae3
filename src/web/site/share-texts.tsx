import { invitationTexts, textNames } from '../../clients/partner-texts.ts'

/** Changed in the page, and kept by nobody. */
const unkept = { autocomplete: 'off' } as const
const names = { curiosity: 'Curiosity', investment: 'Caring for what we have', formats: 'Another form' } as const

/** Three texts in the inviter's own voice, each with the link in it, for their own messenger. */
export const ShareTexts = ({ url }: { url: string }) => (
  <section>
    <p>
      You know best how the two of you talk. Change anything. Send it once; then leave it. You will not see whether the
      page was opened or what was chosen there.
    </p>
    {textNames.map(text => (
      <div class="field">
        <label for={text}>{names[text]}</label>
        <textarea id={text} rows="11" {...unkept} safe>
          {invitationTexts[text](url)}
        </textarea>
        <p>
          <button class="plain" type="button" hidden data-copy-from={text} data-done="Copied">
            Copy this text
          </button>
        </p>
      </div>
    ))}
  </section>
)
