import type { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import type { CallerPays } from '../../bookings/for-caller.ts'
import { FaultList, type Faults, Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { type Often, oftenQuery } from '../site/often.ts'
import { CallerFields, type CallerGiven, TypeTabs } from './caller-fields.tsx'
import { Exceptions } from './exceptions.tsx'
import { FreeStarts } from './free-starts.tsx'
import { HowOftenForCaller, type Repeat } from './how-often.tsx'
import { Spoken } from './spoken.tsx'

/** What was typed, to be shown again. */
export interface NewBookingGiven extends CallerGiven {
  slot?: string | undefined
  at?: string | undefined
  override?: readonly string[] | undefined
  reason?: string | undefined
  payment?: string | undefined
  spokenWithEach?: string | undefined
}

export interface NewBookingProps {
  frame: Frame
  types: readonly { slug: string; name: string }[]
  type: { slug: string; price: string; terms: string; repeat?: Repeat | undefined; afterCalls: boolean }
  /** Of a session that repeats: how often it is wanted. */
  often?: Often | undefined
  /** Who is known: each a client's id and a person's, by name. */
  callers: readonly { value: string; name: string }[]
  slots: SlotsView['slots']
  from: DateTime
  days: number
  /** Of which free starts there is more to say, such as that they suit both. */
  notes: ReadonlyMap<string, string>
  /** Who is meant already, in the address of other days and types. */
  client: string | undefined
  given: NewBookingGiven
  faults: Faults
}

const payments: readonly [CallerPays, string][] = [
  ['link', 'By a link that we mail: the time is kept for 48 hours'],
  ['manual', 'By hand: the appointment stands now'],
  ['none', 'Nothing: the appointment stands now']
]

/** A booking for a caller: one page, from the type to the payment. */
export const NewBooking = (props: NewBookingProps) => {
  const { frame, types, type, callers, client, given, faults } = props
  const isFree = frame.may('book outside the rules')
  return (
    <Layout frame={frame} title="New booking" kind="staff" here="/console">
      <h1>New booking</h1>
      <p class="lede">For somebody who calls. They get a mail with all that they need.</p>
      <TypeTabs types={types} type={type.slug} address="/console/new-booking" client={client} />
      {!!type.repeat && !!props.often && (
        <HowOftenForCaller
          type={type.slug}
          repeat={type.repeat}
          often={props.often}
          from={props.from.toFormat('yyyy-LL-dd')}
          client={client}
        />
      )}
      <FaultList faults={faults} />
      <Post frame={frame} action="/console/new-booking" class="stack" novalidate>
        <SentOnce />
        <input type="hidden" name="type" value={type.slug} />
        {Object.entries(oftenQuery(props.often)).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="from" value={props.from.toFormat('yyyy-LL-dd')} />
        <FreeStarts
          slots={props.slots}
          from={props.from}
          days={props.days}
          address={`/console/new-booking?${new URLSearchParams({ type: type.slug, ...(client && { client }), ...oftenQuery(props.often) })}`}
          chosen={given.slot ? [given.slot] : []}
          fault={faults.slot}
          notes={props.notes}
        />
        {isFree && <Exceptions given={given} faults={faults} />}
        <CallerFields legend="Who calls" callers={callers} given={given} faults={faults} />
        {type.afterCalls && <Spoken given={given} faults={faults} may={frame.may('approve bookings')} />}
        <fieldset>
          <legend safe>{`Payment of ${type.price}`}</legend>
          {payments
            .filter(([value]) => isFree || value !== 'none')
            .map(([value, words]) => (
              <Tick
                name="payment"
                id={`payment-${value}`}
                type="radio"
                value={value}
                checked={(given.payment ?? 'link') === value}
              >
                <span safe>{words}</span>
              </Tick>
            ))}
        </fieldset>
        <p class="quiet small" safe>{`Tell them before you book: ${type.terms}`}</p>
        <p class="actions">
          <button type="submit">Book it</button>
        </p>
      </Post>
    </Layout>
  )
}
