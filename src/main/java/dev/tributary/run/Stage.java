package dev.tributary.run;

/** Where the time of a try goes, in order. */
public enum Stage {
  /** Finding out what is at the destination already. */
  LOOK,
  /** Waiting for the source. */
  QUERY,
  /** Turning batches into bytes of a file. */
  ENCODE,
  /** Judging the result before anyone sees it. */
  CHECK,
  /** Making it visible, the wait for the job's lock included. */
  PUBLISH,
  /** Writing the manifest. */
  MANIFEST
}
