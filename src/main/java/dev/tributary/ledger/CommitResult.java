package dev.tributary.ledger;

/** Whose manifest of a window's generation stands. */
public sealed interface CommitResult {

  <R> R fold(Cases<R> cases);

  /** One answer for each outcome. */
  interface Cases<R> {
    R ours(Ours ours);

    R rivals(Rivals rivals);
  }

  /** Ours, now or since an earlier try whose answer was lost. */
  record Ours(Manifest manifest) implements CommitResult {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.ours(this);
    }
  }

  /** Another attempt's, which was faster: the window is settled, and our attempt steps back. */
  record Rivals(Manifest manifest) implements CommitResult {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.rivals(this);
    }
  }
}
