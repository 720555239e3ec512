package io.ripen.engine.content;

import java.util.ArrayList;
import java.util.List;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser;
import liquid.parser.v4.LiquidParserBaseVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a message writes the address of a file without asking whether there is one. It is
 * empty where the file is missing at the moment of sending: a button that leads nowhere, for good.
 */
final class UnsureDownloads extends LiquidParserBaseVisitor<@Nullable Void> {

  private static final String DOWNLOAD = "links.download";

  private final LiquidSource source;
  private final List<ContentProblem> problems = new ArrayList<>();

  private UnsureDownloads(LiquidSource source) {
    this.source = source;
  }

  /** Problems, in the order of the text. */
  static List<ContentProblem> in(LiquidSource source) throws ContentProblem {
    UnsureDownloads visitor = new UnsureDownloads(source);
    visitor.visit(LiquidTemplate.parse(source));
    return visitor.problems;
  }

  @Override
  public @Nullable Void visitOutput(LiquidParser.OutputContext ctx) {
    if (ctx.term() instanceof LiquidParser.Term_lookupContext term
        && term.getText().equals(DOWNLOAD)
        && ctx.filter().stream().noneMatch(filter -> filter.Id().getText().equals("default"))
        && !isAskedFor(ctx)) {
      problems.add(
          new ContentProblem(
              source.file(),
              source.line().applyAsInt(ctx.start.getStartIndex()),
              "{{ links.download }} is empty where the file is missing",
              "put {% if links.download %} around it, and behind {% else %} what to do instead"));
    }
    return null;
  }

  private static boolean isAskedFor(ParseTree output) {
    for (ParseTree around = output; around != null; around = around.getParent()) {
      ParseTree condition =
          switch (around) {
            case LiquidParser.If_tagContext tag -> tag.expr();
            case LiquidParser.Elsif_tagContext tag -> tag.expr();
            case LiquidParser.Unless_tagContext tag -> tag.expr();
            default -> null;
          };
      if (condition != null && condition.getText().contains(DOWNLOAD)) {
        return true;
      }
    }
    return false;
  }
}
