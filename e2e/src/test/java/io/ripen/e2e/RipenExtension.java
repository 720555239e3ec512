package io.ripen.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Ripen} and the one {@link Browser} of this JVM. */
final class RipenExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Ripen.class || type == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(RipenExtension.class));
    return parameter.getParameter().getType() == Ripen.class
        ? store.computeIfAbsent(Ripen.class, type -> Ripen.start(), Ripen.class)
        : store.computeIfAbsent(Browser.class, type -> new Browser(), Browser.class);
  }
}
