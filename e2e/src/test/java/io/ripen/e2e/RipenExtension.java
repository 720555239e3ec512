package io.ripen.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link Ripen} of this JVM and the one {@link Browser}: that of {@code ripen
 * server local}, or the one of compose, where the class asks for it.
 */
final class RipenExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Ripen.class || type == LocalRipen.class || type == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(RipenExtension.class));
    if (parameter.getParameter().getType() == Browser.class) {
      return store.computeIfAbsent(Browser.class, type -> new Browser(), Browser.class);
    }
    return context.getRequiredTestClass().isAnnotationPresent(OnCompose.class)
        ? ofClass(context)
            .computeIfAbsent(ComposeRipen.class, type -> ComposeRipen.start(), ComposeRipen.class)
        : store.computeIfAbsent(LocalRipen.class, type -> LocalRipen.start(), LocalRipen.class);
  }

  /** It ends with its class: two stacks at once are too much for a small machine. */
  private static ExtensionContext.Store ofClass(ExtensionContext context) {
    ExtensionContext holder = context;
    while (holder.getTestMethod().isPresent()) {
      holder = holder.getParent().orElseThrow();
    }
    return holder.getStore(ExtensionContext.Namespace.create(RipenExtension.class));
  }
}
