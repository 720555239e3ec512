package io.ripen.engine.feel;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.camunda.feel.syntaxtree.ConstContext;
import org.camunda.feel.syntaxtree.EveryItem;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.Filter;
import org.camunda.feel.syntaxtree.For;
import org.camunda.feel.syntaxtree.FunctionDefinition;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.SomeItem;
import org.jspecify.annotations.Nullable;
import scala.Product;
import scala.Tuple2;
import scala.collection.IterableOnce;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** Collects the names that an expression does not bring itself. */
final class FeelNames {

  /**
   * What an expression has at some place in it.
   *
   * @param own names that it brings itself: of loops, parameters and entries
   * @param inFilter whether an element of a list lends its properties
   */
  private record Scope(Set<String> own, boolean inFilter) {

    Scope with(Collection<String> names) {
      Set<String> all = new LinkedHashSet<>(own);
      all.addAll(names);
      return new Scope(all, inFilter);
    }

    Scope filter() {
      return new Scope(with(Set.of("item")).own(), true);
    }
  }

  private final Set<FeelName> names = new LinkedHashSet<>();

  private FeelNames() {}

  /** In the order of the text, each once. */
  static Set<FeelName> in(Exp expression) {
    FeelNames found = new FeelNames();
    found.walk(expression, new Scope(Set.of(), false));
    return found.names;
  }

  private void walk(@Nullable Object node, Scope scope) {
    switch (node) {
      case Ref ref -> add(CollectionConverters.asJava(ref.names()), scope);
      case Filter filter -> {
        walk(filter.list(), scope);
        walk(filter.filter(), scope.filter());
      }
      case FunctionDefinition function ->
          walk(function.body(), scope.with(CollectionConverters.asJava(function.parameters())));
      case For loop -> walk(loop.exp(), bind(loop.iterators(), scope).with(Set.of("partial")));
      case SomeItem some -> walk(some.condition(), bind(some.iterators(), scope));
      case EveryItem every -> walk(every.condition(), bind(every.iterators(), scope));
      case ConstContext context -> bind(context.entries(), scope);
      case IterableOnce<?> many -> each(many.iterator(), scope);
      case Product parts -> each(parts.productIterator(), scope);
      case null -> {}
      default -> {
        // A text, a number or the like.
      }
    }
  }

  private void each(Iterator<?> nodes, Scope scope) {
    while (nodes.hasNext()) {
      walk(nodes.next(), scope);
    }
  }

  /** Names one after the other: each may read those before it. */
  private Scope bind(scala.collection.immutable.List<Tuple2<String, Exp>> named, Scope scope) {
    Scope here = scope;
    for (Tuple2<String, Exp> each : CollectionConverters.asJava(named)) {
      walk(each._2(), here);
      here = here.with(Set.of(each._1()));
    }
    return here;
  }

  private void add(Collection<String> path, Scope scope) {
    List<String> parts = List.copyOf(path);
    if (!parts.isEmpty() && !scope.own().contains(parts.get(0))) {
      names.add(new FeelName(parts, scope.inFilter()));
    }
  }
}
