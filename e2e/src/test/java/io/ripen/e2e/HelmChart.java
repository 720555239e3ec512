package io.ripen.e2e;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.Map;

/** The chart, as Helm itself reads it. */
final class HelmChart {

  static final Path FOLDER = Build.root().resolve("docker/helm/ripen");

  private HelmChart() {}

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /** What it makes of nothing but its defaults. */
  static Manifests withoutValues() {
    return new Manifests(command().call());
  }

  /**
   * What it makes of these values.
   *
   * @param values one of its folder {@code ci}
   */
  static Manifests with(String values) {
    return with(values, Map.of());
  }

  /**
   * @param more what is set beside the values, or instead of them
   * @throws RuntimeException when it refuses them
   */
  static Manifests with(String values, Map<String, String> more) {
    TemplateCommand command =
        command().withValuesFile(FOLDER.resolve("ci/%s-values.yaml".formatted(values)));
    more.forEach(command::set);
    return new Manifests(command.call());
  }

  /** What it makes of a file of values. */
  static Manifests of(Path values) {
    return new Manifests(command().withValuesFile(values).call());
  }

  private static TemplateCommand command() {
    return new Helm(FOLDER)
        .template()
        .withName("shop")
        .withNamespace("marketing")
        .withKubeVersion("1.34.0");
  }
}
