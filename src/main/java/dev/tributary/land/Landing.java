package dev.tributary.land;

/** What is known once a commit has returned: not a boolean, for the last reply can be lost. */
public sealed interface Landing {

  <R> R fold(Cases<R> cases);

  /** One answer for each outcome. */
  interface Cases<R> {
    R landed(Landed landed);

    R refused(Refused refused);

    R unknown(Unknown unknown);
  }

  /** Whole and visible to readers. */
  record Landed(StoredObject object) implements Landing {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.landed(this);
    }
  }

  /**
   * The condition did not hold: something else is at the key, or it changed. Nothing was written.
   */
  record Refused() implements Landing {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** The reply was lost: look at the key before anything else is written. */
  record Unknown(String reason) implements Landing {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.unknown(this);
    }
  }
}
