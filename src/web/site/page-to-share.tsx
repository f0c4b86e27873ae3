import { BeforeSharing, Emergency } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { ShareTexts } from './share-texts.tsx'

/** Words and a link for somebody close: the page that is the same for everybody. Nothing is made, kept or sent by it. */
export const PageToShare = ({ frame, url }: { frame: Frame; url: string }) => (
  <Layout frame={frame} title="A page to share" kind="open">
    <div class="narrow stack">
      <section>
        <h1>A page to share</h1>
        <Emergency frame={frame} />
        <BeforeSharing />
        <p>
          This page is the same for everybody and tied to nobody. A page of your own, with more ways to answer, is on
          the page of your first appointment.
        </p>
      </section>
      <ShareTexts url={url} />
    </div>
  </Layout>
)
