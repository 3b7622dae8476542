/// What one query may cost: more than people ask for, and little enough that a crafted query holds nobody up.
///
/// What is left out of the query is told; a mistyped word beyond the bound is searched as it stands, and of very many names of
/// one thing the last ones are not looked for (Documentation/vocabulary.md).
enum PlanBudget {
    /// Units of plain words that are looked for together.
    static let words = 12
    /// Units in all, also those of groups and negations.
    static let units = 40
    /// Words of one run that are read at all.
    static let wordsOfRun = 64
    /// Words that no model holds for which a better one is looked for; each look goes through all words there are.
    static let mistypedWords = 4
    /// Looks for them in all: a run of Hangul may need one for each of its pieces.
    static let looks = 8
    /// Conditions on numbers: each goes through all numbers of its column.
    static let numbers = 8
    /// Beginnings of words: each goes through all words that begin so.
    static let prefixes = 8
    /// Names of networks that are asked for where a task is.
    static let kinds = 256
    /// Ways to meet a unit.
    static func alternatives(among models: Int) -> Int { models > manyModels ? 32 : 64 }
    /// Names of what a unit asks for that are looked for in texts, the first and best known ones.
    static func names(among models: Int) -> Int { models > manyModels ? 20 : .max }
    /// Names of what goes with a unit.
    static func relatedNames(among models: Int) -> Int { models > manyModels ? 6 : .max }

    /// Among so many models tags and the best known names find more than anybody reads.
    private static let manyModels = 50_000
}
