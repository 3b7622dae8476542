/// Words that say how other words belong together.
enum FunctionWords {
    /// Of English: they count only inside of names.
    static let english: Set<String> = [
        "a", "an", "the", "of", "for", "in", "on", "at", "to", "into", "and", "or", "with", "without", "by", "from",
        "is",
        "are", "be", "that", "this", "it", "its", "as", "my", "your", "how", "which", "who", "what", "can", "using",
        "use",
        "used", "trained", "me", "i", "we", "you", "across", "some", "any", "there", "these", "those", "their", "if",
        "whether", "when", "where", "does", "do", "was", "were", "has", "have", "between", "based", "want", "need",
        "please", "via", "than",
    ]

    /// Of Korean, behind a noun; the longer ones first.
    static let particles = [
        "으로부터", "에서의", "에서는", "하기 위한", "으로의", "에서", "으로", "에게", "까지", "부터", "하는", "하기", "해서", "되는",
        "이나", "이랑", "처럼", "보다", "용", "을", "를", "의", "에", "로", "와", "과", "은", "는", "이", "가", "도", "만", "나", "한",
    ]

    /// Korean words that stand alone and name nothing.
    static let korean: Set<String> = [
        "및", "위한", "위해", "있는", "없는", "하는", "하기", "되는", "된", "할", "수", "것", "그", "이", "저", "좀", "모두", "또는", "혹은",
        "그리고", "사용", "이용", "활용", "가능한", "가능", "해주는", "해줘", "주는", "찾기", "찾아줘", "용도", "관련", "대한", "통한", "쓰는",
        "쓸", "만한", "같은", "에서", "으로", "돌아가는", "동작하는", "작동하는", "학습된", "학습한",
    ]

    /// The word without a particle at its end, when at least two characters are left; nil when it has none.
    static func withoutParticle(_ text: String) -> String? {
        for particle in particles where text.hasSuffix(particle) {
            let rest = text.dropLast(particle.count)
            if rest.count > 1 { return String(rest) }
        }
        return nil
    }
}
