import type { FeedAddress } from '../../calendars/make-feed.ts'

/** A calendar's address, shown this once: to open in an app, to copy, and in words for those who add it by hand. */
export const NewFeedAddress = ({ address: { url, webcal } }: { address: FeedAddress }) => (
  <section class="card address" role="status" aria-labelledby="new-address">
    <h2 id="new-address">Your new address</h2>
    <p>It is shown this once. Add it to your calendar now, or copy it to where only you read.</p>
    <p class="copied">
      <code translate="no" safe>
        {url}
      </code>
    </p>
    <p class="actions">
      <a class="button" href={webcal}>
        Open in a calendar app
      </a>
      <button class="plain" type="button" hidden data-copy={url} data-done="Copied">
        Copy the address
      </button>
    </p>
    <AddByAddress />
  </section>
)

const AddByAddress = () => (
  <details>
    <summary>Or add it by hand</summary>
    <dl class="facts ways-in">
      <dt>Google</dt>
      <dd>
        On a computer: beside <em>Other calendars</em> press <em>+</em>, choose <em>From URL</em> and paste the address.
        Google looks for changes when it likes, sometimes once a day.
      </dd>
      <dt>Outlook</dt>
      <dd>
        On the web: <em>Add calendar</em>, then <em>Subscribe from web</em>, and paste the address.
      </dd>
      <dt>Apple</dt>
      <dd>
        On an iPhone or iPad the button above is enough. On a Mac: <em>Calendar</em>, <em>File</em>,{' '}
        <em>New Calendar Subscription</em>, and paste the address.
      </dd>
    </dl>
  </details>
)
