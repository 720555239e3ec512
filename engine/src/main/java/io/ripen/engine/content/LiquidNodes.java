package io.ripen.engine.content;

import java.util.List;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.blocks.Block;
import liqp.filters.Filter;
import liqp.nodes.FilterNode;
import liqp.nodes.InsertionNode;
import liqp.nodes.LNode;
import liqp.nodes.LookupNode;
import liqp.org.antlr.v4.runtime.ParserRuleContext;
import liqp.parser.v4.NodeVisitor;
import liquid.parser.v4.LiquidParser;
import org.jspecify.annotations.Nullable;

/**
 * Makes a Liquid syntax tree into nodes that many threads may render at once (the library's own
 * {@code Template} keeps the last rendering's values in a field), that escape every value, and that
 * say on which line they failed.
 */
final class LiquidNodes extends NodeVisitor {

  private final LiquidSource source;
  private final TemplateParser parser;

  LiquidNodes(LiquidSource source, TemplateParser parser) {
    super(parser.insertions, parser.filters, parser.liquidStyleInclude);
    this.source = source;
    this.parser = parser;
  }

  @Override
  public @Nullable LNode visitAtom_tag(LiquidParser.Atom_tagContext ctx) {
    LNode node = super.visitAtom_tag(ctx);
    return node == null ? null : located(node, line(ctx));
  }

  @Override
  public LNode visitAssignment(LiquidParser.AssignmentContext ctx) {
    return located(super.visitAssignment(ctx), line(ctx));
  }

  @Override
  public LNode visitOutput(LiquidParser.OutputContext ctx) {
    LNode node = located(super.visitOutput(ctx), line(ctx));
    if (!source.html()) {
      return context -> Values.text(node.render(context), context);
    }
    boolean address = source.addresses().contains(ctx.start.getStartIndex());
    return context -> Values.html(node.render(context), address, context);
  }

  @Override
  public FilterNode visitFilter(LiquidParser.FilterContext ctx) {
    String name = ctx.Id().getText();
    Filter filter = parser.filters.get(name);
    if (filter == null) {
      throw new LiquidFailure(
          line(ctx),
          "there is no filter \"" + name + "\"",
          "use one of Liquid's filters, or money, or date");
    }
    FilterNode node = new FilterNode(ctx, bounded(filter));
    if (ctx.params() != null) {
      ctx.params().param_expr().forEach(parameter -> node.add(visit(parameter)));
    }
    return node;
  }

  /** The library bounds what a template writes, but not what a filter makes of a variable. */
  private static Filter bounded(Filter filter) {
    return new Filter(filter.name) {
      @Override
      public @Nullable Object apply(
          @Nullable Object value, TemplateContext context, Object... params) {
        Object result = filter.apply(value, context, params);
        if (result instanceof CharSequence text && text.length() > LiquidTemplate.MAX_LENGTH) {
          throw LiquidTemplate.tooLong(0);
        }
        return result;
      }
    };
  }

  /** As the library's, but without its field for the index, which threads would share. */
  @Override
  public LookupNode visitLookup_id_indexes(LiquidParser.Lookup_id_indexesContext ctx) {
    LookupNode node = new LookupNode(ctx.id().getText());
    for (LiquidParser.IndexContext index : ctx.index()) {
      if (index.Dot() != null) {
        node.add(new LookupNode.Hash(index.id2().getText()));
      } else {
        LNode key = visit(index.expr());
        String text = index.expr().getText();
        node.add((value, context) -> new LookupNode.Index(key, text).get(value, context));
      }
    }
    return node;
  }

  @Override
  public LNode visitCapture_tag_Id(LiquidParser.Capture_tag_IdContext ctx) {
    return capture(ctx.id().getText(), visitBlock(ctx.block()));
  }

  @Override
  public LNode visitCapture_tag_Str(LiquidParser.Capture_tag_StrContext ctx) {
    String quoted = ctx.Str().getText();
    return capture(quoted.substring(1, quoted.length() - 1), visitBlock(ctx.block()));
  }

  @Override
  public LNode visitSimple_tag(LiquidParser.Simple_tagContext ctx) {
    String name = ctx.SimpleTagId().getText();
    if (!name.equals("break")) {
      throw unsupported(ctx, name);
    }
    return super.visitSimple_tag(ctx);
  }

  @Override
  public LNode visitOther_tag(LiquidParser.Other_tagContext ctx) {
    throw unsupported(ctx, ctx.BlockId() == null ? ctx.getText() : ctx.BlockId().getText());
  }

  @Override
  public LNode visitCycle_tag(LiquidParser.Cycle_tagContext ctx) {
    throw unsupported(ctx, "cycle");
  }

  @Override
  public LNode visitTable_tag(LiquidParser.Table_tagContext ctx) {
    throw unsupported(ctx, "tablerow");
  }

  @Override
  public LNode visitInclude_tag(LiquidParser.Include_tagContext ctx) {
    throw unsupported(ctx, "include");
  }

  private LNode capture(String variable, LNode block) {
    return new InsertionNode(
        new Block("capture") {
          @Override
          public @Nullable Object render(TemplateContext context, LNode... nodes) {
            String captured = String.valueOf(nodes[0].render(context));
            context.put(variable, source.html() ? new Values.Html(captured) : captured, true);
            return null;
          }
        },
        List.of(block));
  }

  private LiquidFailure unsupported(ParserRuleContext ctx, String tag) {
    return new LiquidFailure(
        line(ctx),
        "the tag {% " + tag + " %} is not supported",
        "use if, unless, case, for, break, continue, assign, capture, comment or raw");
  }

  private int line(ParserRuleContext ctx) {
    return source.line().applyAsInt(ctx.start.getStartIndex());
  }

  private static LNode located(LNode node, int line) {
    return context -> {
      try {
        return node.render(context);
      } catch (LiquidFailure e) {
        throw e;
      } catch (RuntimeException e) {
        throw LiquidTemplate.failure(line, e);
      }
    };
  }
}
