package io.ripen.channels;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersStayInTheirPackagesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.ripen.channels");

  @ParameterizedTest
  @CsvSource({
    "com.twilio.., twilio",
    "jakarta.mail.., email",
    "org.eclipse.angus.., email",
    "io.github.resilience4j.., guarded",
    "io.github.bucket4j.., guarded",
    "com.interaso.., webpush",
  })
  void each_library_is_known_to_one_channel(String library, String channel) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.ripen.channels." + channel)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .check(CLASSES);
  }

  @Test
  void what_can_be_called_from_elsewhere_shows_nothing_of_twilios() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .arePublic()
        .should()
        .haveRawReturnType(JavaClass.Predicates.resideInAPackage("com.twilio.."))
        .check(CLASSES);
  }

  @Test
  void no_channel_knows_another() {
    for (String channel : new String[] {"email", "telegram", "twilio", "webhook", "webpush"}) {
      noClasses()
          .that()
          .resideOutsideOfPackage("io.ripen.channels." + channel)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.ripen.channels." + channel)
          .check(CLASSES);
    }
  }
}
