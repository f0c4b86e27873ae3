/** Whom a couple would rather not meet at its dates, for whoever leads them; nothing where nothing was written. */
export const NotMet = ({ words }: { words: readonly string[] | undefined }) => (
  <>
    {words?.map(text => (
      <p class="note" safe>
        {`Would rather not meet: ${text}`}
      </p>
    ))}
  </>
)
