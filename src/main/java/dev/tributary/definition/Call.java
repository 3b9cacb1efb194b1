package dev.tributary.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * A name with an argument list behind it. Words like {@code IN} look like calls, too; whoever asks
 * for a name is not misled.
 *
 * @param name the function's name
 * @param arguments each without its commas; one empty argument for {@code f()}
 * @param end UTF-16 offset behind the closing bracket
 */
record Call(Token name, List<List<Token>> arguments, int end) {

  Call {
    arguments = List.copyOf(arguments);
  }

  /** Every call in a list of tokens, nested ones after those around them. */
  static List<Call> in(List<Token> tokens) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).isName() && tokens.get(i + 1).isSymbol("(")) {
        calls.add(at(i, tokens));
      }
    }
    return calls;
  }

  private static Call at(int index, List<Token> tokens) {
    Token open = tokens.get(index + 1);
    int close = index + 2;
    while (close < tokens.size() && tokens.get(close).depth() > open.depth()) {
      close++;
    }
    int end = close < tokens.size() ? tokens.get(close).end() : tokens.get(close - 1).end();
    return new Call(tokens.get(index), split(tokens.subList(index + 2, close)), end);
  }

  /** Cuts tokens at the commas that lie no deeper than the first token. */
  static List<List<Token>> split(List<Token> tokens) {
    List<List<Token>> parts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isSymbol(",") && tokens.get(i).depth() == tokens.get(0).depth()) {
        parts.add(List.copyOf(tokens.subList(begin, i)));
        begin = i + 1;
      }
    }
    parts.add(List.copyOf(tokens.subList(begin, tokens.size())));
    return parts;
  }

  /** The function's name, in lower case unless it is in quotes. */
  String function() {
    return name.identifier();
  }

  boolean is(String function) {
    return function().equals(function);
  }

  int length() {
    return end - name.offset();
  }
}
