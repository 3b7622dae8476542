/// What ways to meet a unit are worth beside the words themselves; measured on graded queries.
enum PlanWeights {
    /// The words as they stand.
    static let literal = 255
    /// Several words, but apart.
    static let apart = 110
    /// Several words of another name, but apart.
    static let synonymApart = 90
    /// The pieces of a compound: `yolo` and `v4` for `yolov4`.
    static let parts = 230
    /// Another name of the same.
    static let synonym = 230
    /// A name that also means something else, and names of what goes with a unit.
    static let related = 40
    /// Names of a task that goes with a unit.
    static let relatedTask = 150
    /// Words of the query side by side that are not one unit.
    static let phrase = 220
    /// The same at the beginning or end of a model's name.
    static let edgeOfName = 220
    /// The tag that a unit names.
    static let tag = 255
    /// What goes with a unit is worth half where so many models meet it.
    static let scarce = 20
    /// What goes with a unit and would be worth less than this is left out: so many models meet the unit itself that
    /// those that only have to do with it would be a crowd at the end.
    static let least = 2
    /// A tag of another value that says the same.
    static let otherTag = 150
    /// A tag that is a kind of what a unit names.
    static let narrowerTag = 190
    /// What is wider than something else that a unit names is worth so many percent.
    static let wide = 50
    /// A word that is a kind of what a unit names: a network that does a task.
    static let kind = 100
    /// How many of these are looked for, and where so many models meet the unit otherwise none: it would cost more than it
    /// tells.
    static let mostKinds = 24
    static let enoughWithoutKinds = 4096
    /// A tag with a name in which a word stands that no model holds.
    static let guess = 120
    /// A tag whose value is one of the other names.
    static let synonymTag = 150
    /// A tag that holds the words among others: at least, and at most.
    static let holding = (least: 150, most: 220)
    /// A tag that goes with what a unit names.
    static let relatedTag = 85
    /// The most for what was learnt from models.
    static let learnt = 100
    /// How much of the models beside those of its commonest word count for how rare a unit is, in percent.
    static let sumShare = 20
    /// What a unit that names no task or service type is worth, in percent: what a model does tells more than its language,
    /// format or speed.
    static let besidesTask = 65
    /// A unit that says no tag and that more than so many percent of the models meet need not be met.
    static let vagueShare = 16
}
