package dev.tributary.cli;

import dev.tributary.plan.Coverage.State;
import java.util.List;
import java.util.Locale;

/** How the state of a window looks: a letter everywhere, and a colour where there are any. */
enum StateLook {
  DONE(State.DONE, '.', "32", "", "has its rows"),
  EMPTY(State.EMPTY, 'o', "2;32", "", "was asked for and had no rows"),
  REPLACED(State.REPLACED, 'r', "36", "", "was queried again and replaced"),
  CUT(State.CUT, 'c', "33", "", "was queried when its source had forgotten rows of it"),
  SKIPPED(State.SKIPPED, 's', "2;35", "", "was settled without data, with a reason"),
  RUNNING(State.RUNNING, '*', "30;42", "\u2022", "is being made by the daemon"),
  DUE(State.DUE, 'D', "30;43", "\u2026", "has ended and is to be made"),
  FAILED(State.FAILED, 'F', "1;37;41", "!", "failed when it was tried last"),
  GIVEN_UP(State.GIVEN_UP, 'G', "1;37;45", "\u00d7", "left the catch-up before it was made"),
  CONFLICT(State.CONFLICT, 'X', "1;37;44", "?", "overlaps a window of another grid"),
  WAITING(State.WAITING, '~', "2", "", "has not ended, or waits out its delay"),
  BEFORE_FIRST_RUN(State.BEFORE_FIRST_RUN, '-', "2", "", "lies before the first run");

  /** The states that ask for somebody's attention, or tell why there is no data. */
  static final List<State> NOTABLE =
      List.of(
          State.CONFLICT,
          State.FAILED,
          State.GIVEN_UP,
          State.RUNNING,
          State.DUE,
          State.CUT,
          State.SKIPPED);

  private final State state;
  private final char letter;
  private final String colour;
  private final String mark;
  private final String meaning;

  StateLook(State state, char letter, String colour, String mark, String meaning) {
    this.state = state;
    this.letter = letter;
    this.colour = colour;
    this.mark = mark;
    this.meaning = meaning;
  }

  static StateLook of(State state) {
    for (StateLook look : values()) {
      if (look.state == state) {
        return look;
      }
    }
    throw new IllegalStateException("no look for " + state);
  }

  State state() {
    return state;
  }

  char letter() {
    return letter;
  }

  /** What stands in a cell beside its colour, for those who do not see it; may be empty. */
  String mark() {
    return mark;
  }

  /** What is true of a window in this state. */
  String meaning() {
    return meaning;
  }

  /** In words: {@code given up}. */
  String word() {
    return word(state);
  }

  static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The letter, on a terminal in its colour; what is well is a block there. */
  String cell(boolean terminal) {
    String shown = terminal && this == DONE ? "\u25a0" : String.valueOf(letter);
    return terminal ? "\u001b[" + colour + "m" + shown + "\u001b[0m" : shown;
  }
}
