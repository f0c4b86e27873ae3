import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults, Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

/** Where somebody comes back by their five words. */
export const ComeBack = ({ frame, faults }: { frame: Frame; faults: Faults }) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <FaultList faults={faults} />
      <section>
        <h1>Come back</h1>
        <p class="lede">Give the five words that you were shown. They open what you wrote, and a reply to it.</p>
        <Emergency frame={frame} />
        <Post frame={frame} action="/r" novalidate stays>
          <Field name="words" label="Your five words" fault={faults.words} autocomplete="off" />
          <button type="submit">Open</button>
        </Post>
      </section>
    </div>
  </Layout>
)

export const Deleted = ({ frame }: { frame: Frame }) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow" role="status">
      <h1>Deleted</h1>
      <p class="lede">Nothing of what you wrote is here any more. Your words open nothing now.</p>
    </div>
  </Layout>
)
