import { BeforeSharing } from '../components/emergency.tsx'
import { rangeText } from '../components/words.ts'
import type { Shown } from './shown.ts'

/** Changed in the page, and kept by nobody. */
const unkept = { autocomplete: 'off' } as const

/** The page on which the other answers, and words to go with it. Nothing is sent from here. */
export const ForTheOther = ({ booking: { appointments, zone }, link }: { booking: Shown; link: string }) => {
  // What is the reader's own is nothing to hand on.
  const first = appointments.find(({ own }) => !own)
  const when = first ? rangeText(first.start, first.end, zone) : ''
  return (
    <section class="card stack" aria-labelledby="other">
      <h2 id="other">A page for the other of you</h2>
      <p>
        Only you can send it; we write to nobody who has not given us an address. It takes place when it suits you both.
        You will hear whether it is confirmed, not what was chosen there.
      </p>
      <BeforeSharing />
      <div class="field">
        <label for="words">Words to go with it, if you like</label>
        <textarea id="words" rows="9" {...unkept} safe>
          {wordsFor(when, link)}
        </textarea>
        <p>
          <button class="plain" type="button" hidden data-copy-from="words" data-done="Copied">
            Copy this text
          </button>
        </p>
      </div>
      <h3>The link alone</h3>
      <p class="copied">
        <code translate="no" safe>
          {link}
        </code>
      </p>
      <p>
        <button class="plain" type="button" hidden data-copy={link} data-done="Copied">
          Copy the link
        </button>
      </p>
    </section>
  )
}

/** In the booker's own voice; a no is as easy to read in it as a yes. */
export function wordsFor(when: string, link: string): string {
  return `I have asked for a time for the two of us: ${when}. It takes place only if it suits you too.
You can say yes, another time, or no here, without a reason: ${link}
Nothing is booked until then.`
}
