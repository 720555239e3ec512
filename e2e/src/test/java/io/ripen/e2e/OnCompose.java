package io.ripen.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The tests of this class run against the stack of {@code docker/compose.yaml}. */
@EnabledIfEnvironmentVariable(
    named = "RIPEN_DOCKER",
    matches = "true",
    disabledReason = "It needs Docker Engine and the images; CONTRIBUTING.md says how to run it")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnCompose {}
