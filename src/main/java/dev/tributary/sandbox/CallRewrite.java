package dev.tributary.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces calls of some functions by other SQL. Parentheses are balanced, so that arguments may
 * hold calls themselves; those are replaced first. The rest of the text stays as it is.
 */
final class CallRewrite {

  /** What stands for one call. */
  interface Rule {
    /** The SQL for a call with these arguments, rewritten already. */
    String rewrite(List<String> arguments) throws Refusal;
  }

  private final Map<String, Rule> rules;
  private final String sql;
  private final List<SqlToken> tokens;

  private CallRewrite(Map<String, Rule> rules, String sql) {
    this.rules = rules;
    this.sql = sql;
    this.tokens = SqlScanner.scan(sql);
  }

  /** The text with every call of a function that has a rule replaced; names in lower case. */
  static String apply(Map<String, Rule> rules, String sql) throws Refusal {
    return new CallRewrite(rules, sql).render(0, sql.length());
  }

  /** The text between two offsets, calls replaced. */
  private String render(int from, int to) throws Refusal {
    StringBuilder out = new StringBuilder();
    int copied = from;
    for (int i = 0; i < tokens.size() && tokens.get(i).start() < to; i++) {
      SqlToken token = tokens.get(i);
      Rule rule = token.start() < copied ? null : ruleAt(i);
      int close = rule == null ? -1 : closing(i + 1);
      if (rule != null && close > 0) {
        out.append(sql, copied, token.start()).append(rule.rewrite(arguments(i + 1, close)));
        copied = tokens.get(close).end();
      }
    }
    return out.append(sql, Math.min(copied, to), to).toString();
  }

  private @Nullable Rule ruleAt(int i) {
    SqlToken token = tokens.get(i);
    boolean call =
        token.kind() == SqlToken.Kind.WORD
            && i + 1 < tokens.size()
            && tokens.get(i + 1).isSymbol('(')
            && (i == 0 || !tokens.get(i - 1).isSymbol('.'));
    return call ? rules.get(token.text().toLowerCase(Locale.ROOT)) : null;
  }

  /** The token that closes the parenthesis at a token, or -1. */
  private int closing(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += nesting(tokens.get(i));
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private List<String> arguments(int open, int close) throws Refusal {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int start = tokens.get(open).end();
    for (int i = open; i <= close; i++) {
      SqlToken token = tokens.get(i);
      depth += nesting(token);
      if (i == close || (depth == 1 && token.isSymbol(','))) {
        arguments.add(render(start, token.start()).strip());
        start = token.end();
      }
    }
    return arguments.size() == 1 && arguments.get(0).isEmpty() ? List.of() : arguments;
  }

  private static int nesting(SqlToken token) {
    if (token.isSymbol('(') || token.isSymbol('[')) {
      return 1;
    }
    return token.isSymbol(')') || token.isSymbol(']') ? -1 : 0;
  }
}
