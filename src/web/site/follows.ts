import type { Follows } from '../../bookings/list-follows.ts'
import { instantOf } from '../../kernel/time.ts'
import { rangeText } from '../components/words.ts'

/** What follows when days are moved, in sentences before the click. */
export function followTexts({ own, others }: Follows, zone: string): string[] {
  const text = ({ start, end }: { start: number; end: number }) => rangeText(instantOf(start), instantOf(end), zone)
  return [
    ...own.map(({ step, to }) =>
      to
        ? `What is on ${text(step)} no longer fits. It moves along, to ${text(to)}; you can change it afterwards.`
        : `What is on ${text(step)} no longer fits, and no time is free for it. It is kept for you, and you choose another time.`
    ),
    // Always the same: whether it has to move would tell when it is.
    ...(others ? ['If the conversation just for the other of you has to move, they hear of it from us.'] : [])
  ]
}
