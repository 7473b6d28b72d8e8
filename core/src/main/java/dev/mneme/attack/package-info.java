/// Membership inference: can one tell from a model's behavior on a sequence whether it was trained
/// on it? Attacks give every sequence a score, and **a higher score means member**, always.
///
/// [dev.mneme.attack.ScoreFunctions] and [dev.mneme.attack.BlindBaseline] make scores,
/// [dev.mneme.attack.AttackReport] judges them. [dev.mneme.attack.Extraction] asks instead how much
/// of a sequence a model completes from its beginning. [dev.mneme.attack.TermRarity],
/// [dev.mneme.attack.RankCorrelation] and [dev.mneme.attack.MostMemorized] say what kind of
/// sequence is remembered.
package dev.mneme.attack;
