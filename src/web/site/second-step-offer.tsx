/** Beside an appointment of one’s own: something that a mailbox alone does not open. Nobody has to. */
export const SecondStepOffer = () => (
  <section aria-labelledby="step">
    <h2 id="step">For your eyes alone</h2>
    <p>
      Whoever reads your mailbox could sign in here as you. With a PIN of your own or a passkey beside the mailed code
      they cannot. Nobody is told of it.
    </p>
    <p>
      <a href="/me/second-step">Choose a second step</a>
      <span class="quiet small"> Signed in, you find it under “Sign-in”.</span>
    </p>
  </section>
)
