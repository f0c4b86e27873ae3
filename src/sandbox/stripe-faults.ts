/** What can be made to go wrong, as it does with the real service. Nothing is persisted. */
export interface StripeFaults {
  /** The next calls that change something have their effect, and then the connection breaks without an answer. */
  loseAnswers(count: number): void
  /** The next calls are answered with a 500 and have no effect. */
  fail(count: number): void
  /** Events wait from now on. */
  holdEvents(): void
  /** The waiting events go out one after the other, and later ones at once again. */
  releaseEvents(order?: 'as made' | 'reversed'): Promise<void>
  /** Every event is sent once more after it was taken. */
  duplicateEvents(on: boolean): void
  /** How refunds go from now on; a failing one is first pending. */
  refundsGo(outcome: 'succeeded' | 'pending' | 'failed'): void
  /** What a bank decides of a refund that is pending. */
  decideRefund(id: string, outcome: 'succeeded' | 'failed'): Promise<void>
  /** Sessions whose time is over by the clock expire now, instead of within a second. */
  passTime(): Promise<void>
  /** Resolves when no event is under way: each was taken, or is held, or was given up until the next start. */
  eventsAreDone(): Promise<void>
}

/** The part of the faults that the API and the webhooks look at. */
export interface FaultState {
  lost: number
  failing: number
  held: boolean
  duplicate: boolean
  refunds: 'succeeded' | 'pending' | 'failed'
}

export function noFaults(): FaultState {
  return { lost: 0, failing: 0, held: false, duplicate: false, refunds: 'succeeded' }
}
