import type { Offer } from './details.tsx'

/** What holds for who chooses together, or else: of both, the page shows the one that is chosen above. */
export const Either = ({ offer, together, alone }: { offer: Offer; together: string; alone: string }) =>
  offer.asksTheOther ? (
    <span safe>{together}</span>
  ) : offer.forTwo ? (
    <>
      <span class="if-together" safe>
        {together}
      </span>
      <span class="if-agreed" safe>
        {alone}
      </span>
    </>
  ) : (
    <span safe>{alone}</span>
  )

/** What happens after the button, where the other is asked. */
export function togetherText({ approval }: Offer): string {
  return `The time is kept until ${approval ? 'the practice and the other of you have' : 'the other of you has'} answered. Nothing is charged before you have both said yes.`
}

/** What the button does, where nobody else is asked. */
export function buttonText({ approval, dueNow, instalments }: Offer): string {
  if (approval) return 'Ask for this time'
  if (instalments) return 'Continue to payment'
  return dueNow ? `Pay ${dueNow}` : 'Send me the code'
}

/** What happens after the button, where nobody else is asked. */
export function afterText({ approval, answer, dueNow }: Offer): string {
  if (approval) return `The time is kept for you until the practice has answered, ${answer}. Nothing is charged before.`
  if (dueNow) return 'The time is kept for you for 35 minutes. You pay on the next page, at Stripe.'
  return 'The time is kept for you for ten minutes. A code of eight digits comes by mail.'
}
