import { concerns } from '../../../db/schema/partners.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import type { Practice } from '../../identity/practice.ts'
import { Confidentiality } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'

interface Props {
  frame: Frame
  practice: Practice
  /** The address of a free call's times. */
  call: string | undefined
}

/** For whoever was asked by somebody close to them: the same for everybody, tied to nobody. */
export const ForPartners = ({ frame, practice, call }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section>
        <h1>If someone asked you to look</h1>
        <p class="lede">
          Someone close to you may have spoken of us. You do not have to do anything with it, and nobody sees that you
          are here.
        </p>
        <p class="note" safe>
          {frame.emergency}
        </p>
      </section>
      <section>
        <h2>What feels uncomfortable about it?</h2>
        {concerns
          .filter(key => key !== 'not_free' && key !== 'other')
          .map(key => (
            <details>
              <summary safe>{concernWords[key].label}</summary>
              <p safe>{concernWords[key].answer(practice)}</p>
            </details>
          ))}
        <Confidentiality />
      </section>
      <section>
        <h2>Three ways, and none is asked of you</h2>
        <p class="actions">
          <a class="button plain" href={call ?? '/contact'}>
            Twenty minutes, just you
          </a>
          <a class="button plain" href="/#all">
            Other forms than a weekly hour
          </a>
          <a class="button plain" href="/alone">
            Start on my own
          </a>
        </p>
      </section>
    </div>
  </Layout>
)
