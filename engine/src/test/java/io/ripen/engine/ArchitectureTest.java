package io.ripen.engine;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.camunda.client.CamundaClient;
import io.ripen.engine.feel.Feel;
import java.util.ArrayList;
import java.util.List;
import org.camunda.dmn.DmnEngine;
import org.camunda.feel.api.FeelEngineApi;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Controller;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.ripen");

  @Test
  void features_use_only_each_others_public_types_and_never_in_a_circle() {
    ApplicationModules.of("io.ripen.engine").verify();
  }

  @Test
  void collaborators_come_in_by_the_constructor() {
    NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
  }

  @Test
  void what_is_logged_goes_through_slf4j() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  @Test
  void names_say_what_a_class_does() {
    noClasses()
        .should()
        .haveNameMatching(".*\\.[^.]*(Impl|Service|Manager|Utils?|Helper|D[Tt][Oo])")
        .because("such a name fits anything")
        .check(CLASSES);
  }

  @Test
  void what_only_spring_calls_is_package_private() {
    classes()
        .that()
        .areAnnotatedWith(Configuration.class)
        .or()
        .areMetaAnnotatedWith(Controller.class)
        .or()
        .haveSimpleNameEndingWith("Jdbc")
        .should()
        .notBePublic()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void what_providers_sdks_do_stays_inside_the_channels() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.ripen.channels..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.mail..",
            "org.eclipse.angus..",
            "com.twilio..",
            "com.interaso..",
            "io.github.resilience4j..")
        .check(CLASSES);
  }

  @Test
  void whoever_speaks_to_camunda_does_so_by_the_client_that_is_configured() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.ripen.benchmarks..")
        .should()
        .callMethodWhere(
            target(owner(type(CamundaClient.class)))
                .and(target(nameMatching("newClient|newClientBuilder|newCloudClientBuilder"))))
        .because("another one would know nothing of its credentials, its TLS and its tenant")
        .check(CLASSES);
  }

  @Test
  void feel_and_tables_are_parsed_where_they_are_read_and_nowhere_else() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.ripen.benchmarks..")
        .and()
        .doNotBelongToAnyOf(Feel.class)
        .and()
        .haveNameNotMatching(".*\\.(FactTableReader|RowsReader|TableCheck)")
        .should()
        .callMethodWhere(
            target(owner(assignableTo(FeelEngineApi.class).or(assignableTo(DmnEngine.class))))
                .and(target(nameMatching("parse.*|.*Expression|.*UnaryTests"))))
        .because("what is parsed for each event or job costs more than to evaluate it")
        .check(CLASSES);
  }

  @Test
  void every_package_says_what_it_is_for_and_knows_no_null_by_default() {
    List<String> without = new ArrayList<>();
    for (JavaPackage each : CLASSES.getPackage("io.ripen").getSubpackagesInTree()) {
      boolean marked =
          each.tryGetPackageInfo()
              .map(info -> info.isAnnotatedWith(NullMarked.class))
              .orElse(false);
      if (!each.getClasses().isEmpty() && !marked) {
        without.add(each.getName());
      }
    }
    assertThat(without).isEmpty();
  }
}
