const most = 1_000_000

/** What is asked here is asked by everybody in turn: no limit is meant. */
export const limits = {
  bookings: most,
  quotes: most,
  windows: most,
  answers: most,
  signIns: most,
  signInTries: most,
  holds: most,
  heldShare: 100,
  codesAnHour: most,
  codesADay: most
}
