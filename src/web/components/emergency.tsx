import type { Frame } from './layout.tsx'

/** Whom to call, and when this is read: in sight on every page where somebody can write. */
export const Emergency = ({ frame }: { frame: Frame }) => (
  <aside class="note small" aria-label="In an emergency">
    <p safe>{frame.emergency}</p>
    <Confidentiality />
    <p safe>{`What you write here is read within ${frame.replyWithin}; nobody is here at night.`}</p>
  </aside>
)

/** The limits of confidentiality, in the words that stand on every page that names it. */
export const Confidentiality = () => (
  <details>
    <summary>What the limits of the law are</summary>
    <p>
      The main exceptions by law: when someone’s life is in danger, when a child or a dependent person has to be
      protected, or when a court orders it.
    </p>
  </details>
)

/** What comes before a page is given to a partner: raising it may not be safe. */
export const BeforeSharing = () => (
  <p class="note">
    <strong>Before you share it:</strong> would it be all right at home if you raised this? If you are not sure, or
    afraid of what could follow, do not send anything. Talk with us first, alone:{' '}
    <a href="/contact#reach">how to reach us</a>. In danger: <a href="/contact#danger">whom to call</a>.
  </p>
)
