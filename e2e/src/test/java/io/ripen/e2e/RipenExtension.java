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
    if (parameter.getParameter().getType() == Browser.class) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(RipenExtension.class))
          .computeIfAbsent(Browser.class, type -> new Browser(), Browser.class);
    }
    OneStack stack = OneStack.of(context);
    return context.getRequiredTestClass().isAnnotationPresent(OnCompose.class)
        ? stack.get(ComposeRipen.class, ComposeRipen::start)
        : stack.get(LocalRipen.class, LocalRipen::startWith);
  }
}
