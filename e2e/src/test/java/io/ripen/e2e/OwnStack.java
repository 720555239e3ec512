package io.ripen.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** The class starts servers of its own; those that others share end before. */
@ExtendWith(OwnStack.EndOthers.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OwnStack {

  /** What the annotation does. */
  final class EndOthers implements TestInstancePreConstructCallback {

    @Override
    public void preConstructTestInstance(
        TestInstanceFactoryContext instance, ExtensionContext context) {
      OneStack.of(context).close();
    }
  }
}
