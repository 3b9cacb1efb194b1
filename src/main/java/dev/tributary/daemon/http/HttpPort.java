package dev.tributary.daemon.http;

import dev.tributary.job.Failure;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the pages on a port of their own: reading only, nothing kept by caches, and no word of
 * what went wrong inside beyond that it did.
 */
public final class HttpPort implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpPort.class);

  private final Javalin server;

  private HttpPort(Javalin server) {
    this.server = server;
  }

  /**
   * Begins to serve, on threads of its own.
   *
   * @param port 0 lets the system choose
   * @throws Failure of kind {@code CONFIGURATION} if the port cannot be had
   */
  public static HttpPort start(Pages pages, String bind, int port) throws Failure {
    Javalin server =
        Javalin.create(
            config -> {
              config.showJavalinBanner = false;
              config.startupWatcherEnabled = false;
            });
    server.before(HttpPort::guard);
    for (Route route : pages.routes()) {
      server.get(route.path(), context -> tell(context, route));
      // the server leaves the body out
      server.head(route.path(), context -> tell(context, route));
    }
    server.error(404, context -> tell(context, nothingThere(context)));
    server.exception(
        Exception.class,
        (thrown, context) -> {
          log.error("this is a bug in tributary, please report it", thrown);
          tell(context, Answer.refused(500, "this is a bug in tributary; its log says more"));
        });
    try {
      return new HttpPort(server.start(bind, port));
    } catch (JavalinException e) {
      server.stop();
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "cannot serve HTTP on '"
              + bind
              + "', port "
              + port
              + ": another program has the port, or the address is not of this machine; change"
              + " 'daemon.http'",
          e);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  private static void guard(Context context) {
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Server", "tributary");
    if (context.method() != HandlerType.GET && context.method() != HandlerType.HEAD) {
      context.header("Allow", "GET, HEAD");
      tell(context, Answer.refused(405, "these pages can only be read"));
      context.skipRemainingHandlers();
    }
  }

  private static void tell(Context context, Route route) {
    Map<String, String> query = new LinkedHashMap<>();
    context.queryParamMap().forEach((name, values) -> query.put(name, values.get(0)));
    tell(context, route.page().apply(new Question(context.pathParamMap(), query)));
  }

  private static void tell(Context context, Answer answer) {
    context.status(answer.status()).contentType(answer.type()).result(answer.body());
  }

  /** A page's own answer stays; for any other path this is it. */
  private static Answer nothingThere(Context context) {
    String said = context.result();
    return said != null && said.startsWith("{\"error\"")
        ? new Answer(404, "application/json", said)
        : Answer.refused(404, "there is no such page; '/openapi.json' lists all");
  }

  @Override
  public void close() {
    server.stop();
  }
}
