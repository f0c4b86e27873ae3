import type { Children } from '@kitajs/html'
import type { Action } from '../../identity/actor.ts'
import { asset } from '../assets.ts'
import { ConsoleNavigation } from './console-navigation.tsx'
import { Cross } from './icons.tsx'

/** What every page of a practice shows around its own content. */
export interface Frame {
  /** The plain name, for pages before a choice and for staff. */
  practice: string
  /** The discreet name, for pages after a choice. */
  office: string
  emergency: string
  replyWithin: string
  sandbox: boolean
  /** Whether the reader may do this: what leads only to a refusal is not shown. */
  may(action: Action): boolean
  /** Proves to us that a form was ours, where a browser does not say so itself. Reading it gives the browser a cookie. */
  readonly formToken: string
}

interface Props {
  frame: Frame
  title: string
  /** `open`: before a choice, may be found and kept. `quiet`: after a choice. `private`: a partner's. `staff`: the console. */
  kind: 'open' | 'quiet' | 'private' | 'staff'
  /** The address of the console's page that is shown. */
  here?: string
  children: Children
}

/** All that such a page says of itself in tab, history and bookmarks. */
const titles: Partial<Record<Props['kind'], string>> = { quiet: 'Appointment', private: 'A private page' }

/** The whole document. */
export function Layout({ frame, title, kind, here, children }: Props): JSX.Element {
  const documentTitle = titles[kind] ?? `${title} · ${frame.practice}`
  return (
    <>
      {'<!doctype html>'}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          {kind !== 'open' && <meta name="robots" content="noindex, nofollow" />}
          <meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":"reload"}' />
          <title safe>{documentTitle}</title>
          <link rel="preload" href={asset('newsreader.woff2')} as="font" type="font/woff2" crossorigin="anonymous" />
          <link rel="preload" href={asset('inter.woff2')} as="font" type="font/woff2" crossorigin="anonymous" />
          <link rel="stylesheet" href={asset('style.css')} />
          <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
          <script src={asset('htmx.js')} defer />
          <script src={asset('app.js')} type="module" />
        </head>
        <body data-one-entry={kind === 'private'}>
          <a class="skip" href="#main">
            To the content
          </a>
          {frame.sandbox && <Banner />}
          <header class={kind === 'staff' ? 'top staff' : 'top'}>
            <div>
              {kind in titles ? (
                <span class="mark" safe>
                  {frame.office}
                </span>
              ) : (
                <a class="mark" href={kind === 'staff' ? '/console' : '/'} safe>
                  {frame.practice}
                </a>
              )}
              {kind === 'staff' ? here && <ConsoleNavigation frame={frame} here={here} /> : <Leave />}
            </div>
          </header>
          <main id="main" tabindex="-1">
            {children}
          </main>
          {kind !== 'staff' && <Foot frame={frame} signIn={kind !== 'private'} />}
        </body>
      </html>
    </>
  )
}

const Banner = () => (
  <aside class="banner" aria-label="Demonstration">
    This is a demonstration: no mail leaves this machine, no card is charged. <a href="/sandbox/mail">Mails</a> ·{' '}
    <a href="/sandbox/stripe">Card payments</a>
  </aside>
)

/** A link that works without JavaScript; with it the page is hidden first, also by Esc three times. */
const Leave = () => (
  <a class="leave" href="/leave" rel="nofollow noreferrer" data-leave="">
    <Cross /> Leave<span class="unseen"> this page quickly</span>
  </a>
)

const Foot = ({ frame, signIn }: { frame: Frame; signIn: boolean }) => (
  <footer class="foot">
    <div>
      <p safe>{frame.emergency}</p>
      <p>
        To leave quickly: the button above, or Esc three times. It cannot erase your browser’s history. ·{' '}
        <a href="/contact">Contact</a>
        {signIn && (
          <>
            {' · '}
            <a href="/sign-in">Your appointments</a>
          </>
        )}
      </p>
    </div>
  </footer>
)
