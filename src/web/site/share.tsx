import type { DateTime } from 'luxon'
import type { Invitation, Missing } from '../../clients/invite-partner.ts'
import { dayText } from '../../notices/wording.ts'
import { BeforeSharing, Emergency } from '../components/emergency.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Portal } from '../portal/portal.tsx'
import { ShareTexts } from './share-texts.tsx'

interface Props {
  frame: Frame
  /** The address of the inviter's own page: a booking's or the portal's. */
  base: string
  open: Invitation | undefined
  /** From when on the next can be made, where there was one not long ago. */
  nextFrom: DateTime | undefined
  missing: Missing | undefined
  shared: readonly { label: string; words: string | null }[]
  zone: string
}

/** A page to share: three texts in the inviter's own voice, and the link. Nothing is sent from here. */
export const Share = (props: Props) =>
  props.base === '/me' ? (
    <Portal frame={props.frame} here="/me/share">
      <ToShare {...props} />
    </Portal>
  ) : (
    <Layout frame={props.frame} title="Appointment" kind="quiet">
      <div class="narrow stack">
        <a class="back" href={props.base}>
          <ArrowLeft /> Back
        </a>
        <ToShare {...props} />
      </div>
    </Layout>
  )

const ToShare = ({ frame, base, open, nextFrom, missing, shared, zone }: Props) => (
  <>
    <section>
      <h1>A page to share</h1>
      <p class="lede">
        A private page, for somebody close to you to look at alone. You send it yourself; we write to nobody.
      </p>
      <Emergency frame={frame} />
    </section>
    <BeforeSharing />
    {shared.length > 0 && <Shown shared={shared} />}
    {open ? (
      <Open frame={frame} base={base} open={open} zone={zone} />
    ) : (
      <Make frame={frame} base={base} nextFrom={nextFrom} missing={missing} zone={zone} />
    )}
  </>
)

const Shown = ({ shared }: Pick<Props, 'shared'>) => (
  <section class="card wash" aria-labelledby="shared">
    <h2 id="shared">Shown to you</h2>
    {shared.map(({ label, words }) => (
      <blockquote>
        <p safe>{label}</p>
        {!!words && (
          <p class="typed" safe>
            {words}
          </p>
        )}
      </blockquote>
    ))}
  </section>
)

const Make = ({
  frame,
  base,
  nextFrom,
  missing,
  zone
}: Pick<Props, 'frame' | 'base' | 'nextFrom' | 'missing' | 'zone'>) => {
  if (nextFrom)
    return (
      <p
        safe
      >{`There was such a page not long ago. The next one can be made from ${dayText(nextFrom.setZone(zone))} on.`}</p>
    )
  if (missing === 'booking')
    return (
      <p>
        A page of your own comes with your first appointment. Until then there is one that is the same for everybody:{' '}
        <a href="/page-to-share">words and a link for it</a>.
      </p>
    )
  if (missing === 'choice')
    return (
      <p>
        This is not open yet. The practice first decides what it keeps secret. You can{' '}
        <a href="/contact">write to it</a>.
      </p>
    )
  return (
    <Post frame={frame} action={`${base}/share`}>
      <button type="submit">Make the page</button>
    </Post>
  )
}

const Open = ({ frame, base, open, zone }: { frame: Frame; base: string; open: Invitation; zone: string }) => (
  <>
    <ShareTexts url={open.url} />
    <section class="card address" aria-labelledby="link">
      <h2 id="link">The link alone</h2>
      <p class="copied">
        <code translate="no" safe>
          {open.url}
        </code>
      </p>
      <p safe>{`It can be opened until ${dayText(open.endsAt.setZone(zone))}.`}</p>
      <div class="actions">
        <button class="plain" type="button" hidden data-copy={open.url} data-done="Copied">
          Copy the link
        </button>
        {!open.replaced && (
          <Post frame={frame} action={`${base}/share/replacement`}>
            <button class="plain" type="submit">
              Replace it, once: the old one opens nothing then
            </button>
          </Post>
        )}
        <Post frame={frame} action={`${base}/share/${open.id}/removal`}>
          <button class="plain" type="submit">
            Take it back
          </button>
        </Post>
      </div>
    </section>
  </>
)
