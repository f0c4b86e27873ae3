import type { SessionType } from '../../catalog/session-type.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { besideText, priceText } from '../components/words.ts'

/** What can be booked; each leads to its rules of care and to who offers it. */
export const SessionTypes = ({ frame, types }: { frame: Frame; types: readonly SessionType[] }) => (
  <Layout frame={frame} title="Session types" kind="staff" here="/console/session-types">
    <h1>Session types</h1>
    <p class="lede">What can be booked, with whom and where, and how much of it is good for everybody.</p>
    <ul class="types section">
      {types.map(({ slug, name, price, public: open, rules, plan }) => (
        <li>
          <a href={`/console/session-types/${slug}`}>
            <strong safe>{name}</strong>
            <p class="small quiet" safe>
              {[
                priceText(price),
                open ? 'Open to clients' : 'Not shown to clients',
                careText(rules),
                besideText({ plan, price })
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </a>
        </li>
      ))}
    </ul>
  </Layout>
)

/** The rules of care in a few words. */
function careText(rules: SessionType['rules']): string {
  const { perDay, perWeek, perMonth, demanding, rest, gapAtPlace, perClientWeek, first, therapists } = rules
  const parts = [
    therapists && 'two therapists',
    perDay && `${perDay} a day`,
    perWeek && `${perWeek} a week`,
    perMonth && `${perMonth} a month`,
    demanding && 'demanding',
    rest && `${rest} min of rest after it`,
    gapAtPlace && `${gapAtPlace} min apart at a place`,
    perClientWeek && `${perClientWeek} a week for a client`,
    first && `after ${first.join(' or ')}`
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : 'no rules of care'
}
