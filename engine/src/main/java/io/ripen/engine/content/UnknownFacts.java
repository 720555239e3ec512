package io.ripen.engine.content;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import liquid.parser.v4.LiquidParser;
import liquid.parser.v4.LiquidParserBaseVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds names in a template that no lead can ever have. While sending, an absent fact is just
 * empty: a lead without a first name is no mistake, {@code lead.fristName} is.
 */
final class UnknownFacts extends LiquidParserBaseVisitor<@Nullable Void> {

  private static final String ELEMENT = "[]";

  private final LiquidSource source;
  private final List<ContentProblem> problems = new ArrayList<>();
  private final Deque<Map<String, Shape>> scopes = new ArrayDeque<>();

  private UnknownFacts(LiquidSource source, Shape.Group known) {
    this.source = source;
    scopes.push(new HashMap<>(known.facts()));
  }

  /**
   * Problems, in the order of the text.
   *
   * @param known what the template may ask for
   */
  static List<ContentProblem> in(LiquidSource source, Shape.Group known) throws ContentProblem {
    UnknownFacts visitor = new UnknownFacts(source, known);
    visitor.visit(LiquidTemplate.parse(source));
    return visitor.problems;
  }

  @Override
  public @Nullable Void visitAssignment(LiquidParser.AssignmentContext ctx) {
    visitChildren(ctx);
    scopes.getLast().put(ctx.id().getText(), Shape.OPEN);
    return null;
  }

  @Override
  public @Nullable Void visitCapture_tag_Id(LiquidParser.Capture_tag_IdContext ctx) {
    visitChildren(ctx);
    scopes.getLast().put(ctx.id().getText(), Shape.VALUE);
    return null;
  }

  @Override
  public @Nullable Void visitCapture_tag_Str(LiquidParser.Capture_tag_StrContext ctx) {
    visitChildren(ctx);
    scopes.getLast().put(ctx.Str().getText().replaceAll("^.|.$", ""), Shape.VALUE);
    return null;
  }

  @Override
  public @Nullable Void visitFor_array(LiquidParser.For_arrayContext ctx) {
    Shape many =
        ctx.lookup() instanceof LiquidParser.Lookup_id_indexesContext lookup
            ? resolve(lookup)
            : Shape.OPEN;
    Shape each = many instanceof Shape.Many list ? list.each() : Shape.OPEN;
    return inLoop(ctx.id().getText(), each, () -> ctx.for_block().accept(this));
  }

  @Override
  public @Nullable Void visitFor_range(LiquidParser.For_rangeContext ctx) {
    visit(ctx.from);
    visit(ctx.to);
    return inLoop(ctx.id().getText(), Shape.VALUE, () -> ctx.block().accept(this));
  }

  @Override
  public @Nullable Void visitLookup_id_indexes(LiquidParser.Lookup_id_indexesContext ctx) {
    resolve(ctx);
    return visitChildren(ctx);
  }

  @Override
  public @Nullable Void visitOutput(LiquidParser.OutputContext ctx) {
    if (ctx.filter().isEmpty()
        && ctx.term() instanceof LiquidParser.Term_lookupContext term
        && term.lookup() instanceof LiquidParser.Lookup_id_indexesContext lookup) {
      Shape shape = resolve(lookup);
      if (shape instanceof Shape.Group || shape instanceof Shape.Many) {
        problem(lookup, "{{ %s }} is not one fact but many", "name one of them, or loop over them");
      }
      return null;
    }
    return visitChildren(ctx);
  }

  private @Nullable Void inLoop(String variable, Shape each, Runnable body) {
    scopes.push(new HashMap<>(Map.of(variable, each, "forloop", Shape.OPEN)));
    body.run();
    scopes.pop();
    return null;
  }

  private Shape resolve(LiquidParser.Lookup_id_indexesContext ctx) {
    String root = ctx.id().getText();
    Shape shape =
        scopes.stream()
            .filter(scope -> scope.containsKey(root))
            .findFirst()
            .orElse(Map.of())
            .get(root);
    if (shape == null) {
      problem(
          ctx,
          "there is no fact %s",
          "use " + known(root, new TreeSet<>(scopes.getLast().keySet())));
      return Shape.OPEN;
    }
    for (LiquidParser.IndexContext index : ctx.index()) {
      String name = index.Dot() == null ? ELEMENT : index.id2().getText();
      Shape next = step(shape, name);
      if (next == null) {
        problem(
            ctx,
            "there is no fact %s",
            shape instanceof Shape.Group group
                ? "use " + known(name, new TreeSet<>(group.facts().keySet()))
                : "end it before ." + name);
        return Shape.OPEN;
      }
      shape = next;
    }
    return shape;
  }

  private static @Nullable Shape step(Shape shape, String name) {
    return switch (shape) {
      case Shape.Open open -> open;
      case Shape.Group group -> name.equals(ELEMENT) ? Shape.OPEN : group.facts().get(name);
      case Shape.Many many ->
          switch (name) {
            case "size" -> Shape.VALUE;
            case "first", "last", ELEMENT -> many.each();
            default -> null;
          };
      case Shape.Value value -> name.equals("size") ? value : null;
    };
  }

  private void problem(LiquidParser.Lookup_id_indexesContext ctx, String problem, String fix) {
    int line = source.line().applyAsInt(ctx.start.getStartIndex());
    ContentProblem found =
        new ContentProblem(source.file(), line, problem.formatted(ctx.getText()), fix);
    if (problems.stream()
        .noneMatch(other -> Objects.equals(found.getMessage(), other.getMessage()))) {
      problems.add(found);
    }
  }

  /** The name that was probably meant, or all there are. */
  private static String known(String name, Set<String> names) {
    String plain = plain(name);
    return names.stream()
        .filter(known -> plain(known).equals(plain))
        .findFirst()
        .orElseGet(() -> "one of " + String.join(", ", names));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
