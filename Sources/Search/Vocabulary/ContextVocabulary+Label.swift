public import Registry

extension ContextVocabulary {
    /// What a tag is called: the name of its value, or of a number its key, the number with its unit, and where it was
    /// measured (`mAP 0.871 · COCO`); nil for one that is not well known.
    public func label(of tag: ContextTag) -> Label? {
        if let known = label(key: tag.key, folded: tag.folded) { return known }
        guard let key = key(tag.key), key.kind == .number else { return nil }
        let parts = tag.folded.split(separator: "@", maxSplits: 1)
        guard let value = parts.first.flatMap({ NumberUnit.parse($0, key: tag.key) }) else { return nil }
        let number = NumberUnit.text(value, key: tag.key)
        guard parts.count == 2 else { return Label(ko: "\(key.label.ko) \(number)", en: "\(key.label.en) \(number)") }
        let place = placeLabel(String(parts[1]), of: key)
        return Label(ko: "\(key.label.ko) \(number) · \(place.ko)", en: "\(key.label.en) \(number) · \(place.en)")
    }

    /// What a board or dataset is called; its id where that is not well known.
    public func placeLabel(_ id: String, of key: Key) -> Label {
        let id = String(id.drop { $0 == " " })
        let place = key.needsPlace?.rawValue ?? Key.Place.board.rawValue
        return label(key: place, folded: id) ?? Label(ko: id, en: id)
    }
}
