package io.ripen.e2e;

import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;

/**
 * Classes that share a stack come one after the other, so that it starts once; those with one of
 * their own come last. No test depends on it, but for what {@link Order} says.
 */
final class ByStack implements ClassOrderer {

  private enum Stack {
    NONE,
    LOCAL,
    DEPLOYMENT,
    OWN
  }

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparing(ByStack::stack)
                .thenComparing(ByStack::order)
                .thenComparing(descriptor -> descriptor.getTestClass().getName()));
  }

  private static Stack stack(ClassDescriptor descriptor) {
    if (descriptor.isAnnotated(OnCompose.class) || descriptor.isAnnotated(OwnStack.class)) {
      return Stack.OWN;
    }
    if (takes(descriptor, Deployment.class)) {
      return Stack.DEPLOYMENT;
    }
    return takes(descriptor, Ripen.class) ? Stack.LOCAL : Stack.NONE;
  }

  private static boolean takes(ClassDescriptor descriptor, Class<?> stack) {
    return Arrays.stream(descriptor.getTestClass().getDeclaredConstructors())
        .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()))
        .anyMatch(stack::isAssignableFrom);
  }

  private static int order(ClassDescriptor descriptor) {
    return descriptor.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT);
  }
}
