import type { Children } from '@kitajs/html'
import { DateTime } from 'luxon'
import type { CaughtMail } from './mail-store.ts'

/** Every caught mail, newest first, or those to one address. */
export function MailList({ mails, to }: { mails: readonly CaughtMail[]; to: string | undefined }): JSX.Element {
  const count = mails.length === 1 ? '1 mail' : `${mails.length} mails`
  return (
    <Page title="Mails">
      <h1>Mails</h1>
      <form method="get" action="/sandbox/mail">
        <label for="to">To</label>
        <input id="to" name="to" type="text" inputmode="email" autocomplete="off" value={to ?? ''} />
        <button type="submit">Show</button>
        {Boolean(to) && <a href="/sandbox/mail">Show all</a>}
      </form>
      <p class="muted" safe>
        {to ? `${count} to ${to}` : count}
      </p>
      {mails.length === 0 ? <Empty /> : <ul class="mails">{mails.map(mail => Row(mail))}</ul>}
    </Page>
  )
}

/** One mail as a person would read it, and what it is made of. */
export function MailPage({ mail }: { mail: CaughtMail }): JSX.Element {
  const { id, subject, to, text, html, ics, headers } = mail
  const from = [headers.from ?? ''].flat().join(', ')
  return (
    <Page title={subject || 'Mail'}>
      <p>
        <a href="/sandbox/mail">All mails</a>
      </p>
      <h1 safe>{subject || '(no subject)'}</h1>
      <dl class="facts">
        <dt>From</dt>
        <dd safe>{from}</dd>
        <dt>To</dt>
        <dd safe>{to}</dd>
        <dt>Arrived</dt>
        <dd>
          <Arrival mail={mail} />
        </dd>
      </dl>
      {ics !== null && (
        <p>
          <a class="button" href={`/sandbox/mail/${id}/invite.ics`} download="invite.ics">
            Download the calendar entry (.ics)
          </a>
        </p>
      )}
      {Boolean(html) && (
        <section aria-labelledby="as-html">
          <h2 id="as-html">As HTML</h2>
          <iframe
            src={`/sandbox/mail/${id}/html`}
            title="The mail as HTML"
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          ></iframe>
        </section>
      )}
      <section aria-labelledby="as-text">
        <h2 id="as-text">As text</h2>
        <pre safe>{text}</pre>
      </section>
      {ics !== null && <Source title="Calendar entry" text={ics} />}
      <Source title="Headers" text={headerText(headers)} />
    </Page>
  )
}

const Row = (mail: CaughtMail) => (
  <li>
    <a href={`/sandbox/mail/${mail.id}`}>
      <strong safe>{mail.subject || '(no subject)'}</strong>
      <span safe>{mail.to}</span>
      <Arrival mail={mail} />
    </a>
  </li>
)

const Empty = () => (
  <p class="empty">
    Nothing here yet. Book a session on <a href="/">the practice’s page</a>, and its mails arrive here.
  </p>
)

const Arrival = ({ mail: { at } }: { mail: CaughtMail }) => (
  <time datetime={at} safe>
    {DateTime.fromISO(at, { zone: 'utc' }).setLocale('en').toFormat("ccc d LLL yyyy, HH:mm:ss 'UTC'")}
  </time>
)

const Source = ({ title, text }: { title: string; text: string }) => (
  <details>
    <summary safe>{title}</summary>
    <pre safe>{text}</pre>
  </details>
)

function headerText(headers: CaughtMail['headers']): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => [value].flat().map(line => `${name}: ${line}`))
  return lines.join('\n')
}

function Page({ title, children }: { title: string; children: Children }): JSX.Element {
  return (
    <>
      {'<!doctype html>'}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex, nofollow" />
          <title safe>{`${title} · Demonstration`}</title>
          <link rel="stylesheet" href="/sandbox/mail.css" />
        </head>
        <body>
          <aside class="banner" aria-label="Demonstration">
            This is a demonstration: no mail leaves this machine, no card is charged.
          </aside>
          <main>{children}</main>
        </body>
      </html>
    </>
  )
}
