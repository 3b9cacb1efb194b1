package dev.tributary.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a signal does. Java hides signals in a package that compilers warn of, so they are reached
 * by name; where there are none, nothing happens and the system's own meaning stays.
 */
final class Signals {

  private static final Logger log = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /** Has this done at a signal, such as {@code HUP}, on a thread of its own. */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object run =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), run);
    } catch (ReflectiveOperationException e) {
      log.warn("signal {} cannot be handled here", name);
      log.debug("signal {}", name, e);
    }
  }
}
