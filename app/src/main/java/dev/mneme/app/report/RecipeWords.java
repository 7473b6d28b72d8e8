package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// How a model was trained, in words.
public final class RecipeWords {
  private static final String BETWEEN = "; ";

  private RecipeWords() {}

  /// Everything that decides how a trial is trained but for steps, seed and data, always in the
  /// same order.
  static String of(TrainingPlan plan, EngineIdentity engine) {
    return String.join(
        BETWEEN,
        OptimizerWords.of(plan.optimizer()),
        "rate " + Numbers.plain(plan.schedule().peak()),
        "flat " + Numbers.plain(plan.schedule().flat()),
        plan.schedule().decay().name().toLowerCase(Locale.ROOT),
        "warmup " + Numbers.plain(plan.schedule().warmup()),
        "batch " + plan.batchSize(),
        "deviations "
            + Numbers.plain(plan.initialization().embeddingDeviation())
            + " and "
            + Numbers.plain(plan.initialization().weightDeviation()),
        "engine "
            + engine.name()
            + " numerics "
            + engine.numericsVersion()
            + " "
            + engine.vectorBits()
            + "-bit");
  }

  /// What tells one recipe from others: the parts that not all of them share, each by its first
  /// word where that is enough.
  ///
  /// @param recipe as [#of] wrote it
  /// @param all recipes that a reader compares, that one included
  /// @return empty where there is no other
  public static String difference(String recipe, Collection<String> all) {
    List<List<String>> parts = all.stream().distinct().map(RecipeWords::parts).toList();
    List<String> own = parts(recipe);
    List<String> different = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      int part = i;
      List<String> values =
          parts.stream().map(each -> part < each.size() ? each.get(part) : "").distinct().toList();
      if (values.size() > 1) {
        boolean firstWordTells =
            values.stream().map(RecipeWords::firstWord).distinct().count() == values.size();
        different.add(firstWordTells ? firstWord(own.get(i)) : own.get(i));
      }
    }
    return String.join(", ", different);
  }

  private static List<String> parts(String recipe) {
    return List.of(recipe.split(BETWEEN));
  }

  private static String firstWord(String part) {
    int blank = part.indexOf(' ');
    return blank < 0 ? part : part.substring(0, blank);
  }
}
