import type { OfferedView } from '../../bookings/private-proposal-schema.ts'
import { moneyText } from '../../kernel/money.ts'
import { Tick } from '../components/fields.tsx'
import { datedPolicyText } from '../components/policy-words.ts'
import { rangeText, untilText } from '../components/words.ts'

interface Props {
  time: OfferedView['times'][number]
  offer: Pick<OfferedView, 'price' | 'before'>
  zone: string
  chosen: string | undefined
  only: boolean
}

/** One of the times that were proposed, with all its hours and what it would cost; or that it is gone. */
export const OfferedTime = ({
  time: { start, free, appointments, dues, policy },
  offer,
  zone,
  chosen,
  only
}: Props) => {
  const value = start.toUTC().toISO() ?? ''
  const ranges = appointments.map(one => rangeText(one.start, one.end, zone))
  if (!free)
    return (
      <p class="quiet">
        <Ranges ranges={ranges} />
        <span class="small">Not free any more</span>
      </p>
    )
  const now = dues.filter(({ dueAt }) => dueAt <= (dues[0]?.dueAt ?? dueAt))
  const later = dues.filter(due => !now.includes(due))
  return (
    <Tick name="start" id={`start-${value}`} type="radio" value={value} checked={only || chosen === value}>
      <Ranges ranges={ranges} />
      <span class="small quiet figures" safe>
        {[
          ...now.map(({ amount }) => `${moneyText(amount)} when ${offer.before ? 'it is confirmed' : 'you accept'}`),
          ...later.map(({ amount, dueAt }) => `${moneyText(amount)} on ${untilText(dueAt, zone)}`),
          datedPolicyText(policy, offer.price, zone)
        ].join('. ')}
      </span>
    </Tick>
  )
}

const Ranges = ({ ranges }: { ranges: readonly string[] }) => (
  <>
    {ranges.map(range => (
      <>
        <span class="whole figures" safe>
          {range}
        </span>
        <br />
      </>
    ))}
  </>
)
