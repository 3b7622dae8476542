/// English words that the rules of ``SearchText/stem(_:)`` do not fit, and the two spellings of English.
enum Spelling {
    /// Stems of words with a plural or form of their own.
    static let irregular: [String: String] = [
        "children": "child", "men": "man", "women": "woman", "mice": "mouse", "feet": "foot", "teeth": "tooth",
        "leaves": "leaf", "knives": "knife", "shelves": "shelf", "wolves": "wolf", "lives": "life",
        "buses": "bus", "gases": "gas", "lens": "lens", "lenses": "lens", "indices": "index", "vertices": "vertex",
        "matrices": "matrix", "geese": "goose", "series": "series", "species": "species", "analysis": "analyz",
        "analyses": "analyz", "analytics": "analyz", "analytic": "analyz",
    ]

    /// Words that end like derived ones, but would become another word without the ending.
    static let whole: Set<[UInt8]> = Set(
        [
            "butter", "copper", "corner", "flower", "hammer", "ladder", "letter", "master", "matter", "number",
            "pepper", "poster", "quarter", "rubber", "shower", "summer", "embedded",
        ].map { Array($0.utf8) })

    /// Turns a British beginning or ending into the American one, so that both are one word.
    static func americanise(_ word: inout [UInt8]) {
        guard word.count > 3 else { return }
        for (british, american) in beginnings[beginning(of: word), default: []] where word.starts(with: british) {
            word.replaceSubrange(..<british.count, with: american)
            return
        }
        // centre, metre, litre, theatre
        if word.count > 4, word.suffix(3).elementsEqual("tre".utf8) {
            word.replaceSubrange((word.count - 2)..., with: "er".utf8)
        }
    }

    private static let beginnings = Dictionary(
        grouping: [
            ("aeroplane", "airplane"), ("aluminium", "aluminum"), ("analys", "analyz"), ("armour", "armor"),
            ("artefact", "artifact"), ("behaviour", "behavior"), ("catalogue", "catalog"), ("centred", "centered"),
            ("colour", "color"), ("defence", "defense"), ("dialogue", "dialog"), ("favour", "favor"),
            ("fibre", "fiber"), ("flavour", "flavor"), ("grey", "gray"), ("harbour", "harbor"), ("honour", "honor"),
            ("humour", "humor"), ("jewellery", "jewelry"), ("judgement", "judgment"), ("kerb", "curb"),
            ("labour", "labor"), ("licence", "license"), ("manoeuvre", "maneuver"), ("mould", "mold"),
            ("neighbour", "neighbor"), ("odour", "odor"), ("offence", "offense"), ("plough", "plow"),
            ("programme", "program"), ("rumour", "rumor"), ("sulphur", "sulfur"), ("tumour", "tumor"),
            ("tyre", "tire"), ("vapour", "vapor"),
        ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
    ) { beginning(of: $0.0) }

    /// The first three letters as a number, to look beginnings up by.
    private static func beginning(of word: [UInt8]) -> Int {
        Int(word[0]) << 16 | Int(word[1]) << 8 | Int(word[2])
    }
}
