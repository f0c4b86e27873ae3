/** Three answers of the same size and weight. */
export const AnswerButtons = () => (
  <div class="answers">
    <button class="plain" type="submit" name="answer" value="accept">
      Accept
    </button>
    <button class="plain" type="submit" name="answer" value="other_time">
      Another time would suit me
    </button>
    <button class="plain" type="submit" name="answer" value="decline">
      I would rather not
    </button>
  </div>
)
