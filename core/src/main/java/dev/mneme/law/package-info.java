/// From measurements to predictions without an attack.
///
/// [CapacityLaw] fits capacity against parameters, [MembershipFit] fits how well membership can be
/// inferred against data bits per parameter; both take plain records, give intervals by a seeded
/// bootstrap, and refuse what does not determine them with an
/// [dev.mneme.model.InvalidConfigurationException] that names every mistake. [Predictor] puts one
/// of each together and answers questions about a model that nobody has trained or attacked:
///
/// ```java
/// Predictor predictor = Predictor.published();
/// Prediction prediction = predictor.predict(8_000_000_000L, DataSize.tokens(15_000_000_000_000L));
/// double f1 = prediction.membership().value(); // 0.5: no better than chance
/// ```
package dev.mneme.law;
