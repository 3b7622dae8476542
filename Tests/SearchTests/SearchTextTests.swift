import Registry
import Search
import Testing

@Suite struct `Terms of a text` {
    @Test(arguments: [
        ("detectors", "detection"), ("detecting", "detector"), ("classifies", "classification"),
        ("recognise", "recognition"), ("denoise", "denoising"), ("faces", "face"), ("images", "image"),
        ("vehicles", "vehicle"), ("segmented", "segmentation"), ("tracker", "tracking"),
        ("monitor", "monitoring"), ("filters", "filtering"), ("summary", "summarize"), ("category", "categorise"),
        ("transcribe", "transcription"), ("anomalies", "anomaly"), ("analysis", "analyzing"), ("children", "child"),
        ("leaves", "leaf"), ("buses", "bus"), ("series", "series"),
    ])
    func `are the same for related words`(left: String, right: String) {
        #expect(SearchText.stem(left) == SearchText.stem(right))
    }

    @Test(arguments: [
        ("person", "personal"), ("face", "facade"), ("fire", "firm"), ("car", "care"), ("yolov4", "yolo"),
        ("flower", "flow"), ("corner", "corn"), ("number", "numb"), ("embedded", "embedding"), ("country", "count"),
    ])
    func `differ for other words`(left: String, right: String) {
        #expect(SearchText.stem(left) != SearchText.stem(right))
    }

    @Test(arguments: [
        ("colour", "color"), ("colourisation", "colorization"), ("greyscale", "grayscale"), ("centre", "center"),
        ("centred", "centered"), ("licence", "license"), ("licences", "licenses"), ("behaviours", "behavior"),
        ("neighbouring", "neighboring"), ("analyse", "analyzer"), ("labelled", "labeling"), ("tyres", "tire"),
        ("metres", "meter"), ("artefact", "artifact"), ("organisation", "organization"), ("defence", "defense"),
    ])
    func `are the same in British and American spelling`(british: String, american: String) {
        #expect(SearchText.stem(british) == SearchText.stem(american))
    }

    @Test(arguments: [("16 kHz", "16kHz"), ("int 8", "int8"), ("640 x 480", "640x480"), ("ＹＯＬＯ v４", "YOLOv4")])
    func `asked for are the same with and without a space before a unit`(apart: String, together: String) {
        let held = Set(SearchText.terms(indexing: SearchText.words(together), wholeWords: true))
        #expect(held.isSuperset(of: SearchText.terms(asking: SearchText.words(apart))))
        let other = Set(SearchText.terms(indexing: SearchText.words(apart), wholeWords: true))
        #expect(other.isSuperset(of: SearchText.terms(asking: SearchText.words(together))))
    }

    @Test func `of a run of Hangul are the words and pairs of neighbours across spaces`() {
        let terms = SearchText.terms(indexing: SearchText.words("불법 주정차"), wholeWords: true)
        #expect(terms == ["w불법", "w주정차", "g불법", "g법주", "g주정", "g정차"])
        #expect(SearchText.terms(asking: SearchText.words("주정차 손")) == ["g주정", "g정차", "g차손"])
    }

    @Test(arguments: [
        ("주정차", "불법주정차 단속"), ("번호판", "차량번호판인식"), ("화재", "화재·연기"), ("손", "손 제스처"), ("불법 주정차", "불법주정차"),
        ("法定", "指定法定"),
    ])
    func `asked for are among those of a text that holds the word`(word: String, text: String) {
        let held = Set(SearchText.terms(indexing: SearchText.words(text), wholeWords: true))
        #expect(held.isSuperset(of: SearchText.terms(asking: SearchText.words(word))))
    }

    @Test(arguments: ["정차 주", "주 정 차 a", "주정 a 차", "자정 주차"])
    func `asked for are not met by some of the syllables`(text: String) {
        let held = Set(SearchText.terms(indexing: SearchText.words(text), wholeWords: true))
        #expect(!held.isSuperset(of: SearchText.terms(asking: SearchText.words("불법주정차"))))
    }

    @Test(arguments: [
        ("yolov4", ["yolo", "v4"]), ("resnet50", ["resnet", "50"]), ("person", ["person"]), ("v4", ["v4"]),
    ])
    func `take letters and numbers apart`(word: String, parts: [String]) {
        #expect(SearchText.parts(of: word) == parts)
    }

    @Test(arguments: [
        ("yolov4 tiny", "acme/yolov4-tiny", true), ("YOLO-v4_tiny", "acme/yolov4-tiny", true),
        ("yolov4tiny", "acme/yolov4.tiny", true), ("acme/yolov4-tiny", "acme/yolov4-tiny", true),
        ("faces", "acme/face", true), ("yolov4", "acme/yolov4-tiny", false), ("tiny", "acme/yolov4-tiny", false),
        ("acme", "acme/yolov4-tiny", false), ("acme tiny", "acme/yolov4-tiny", false),
        ("tiny yolov4", "acme/yolov4-tiny", false), ("얼굴", "acme/face", false), ("-", "acme/face", false),
    ])
    func `tell by what words a model is called`(words: String, name: String, isCalled: Bool) {
        let held = Set(SearchText.terms(indexing: SearchText.words(name), wholeWords: true))
            .union(SearchText.edges(ofName: name))
        let asked = SearchText.terms(naming: SearchText.words(words))
        #expect((!asked.isEmpty && held.isSuperset(of: asked)) == isCalled)
    }

    @Test func `fold case and canonical forms`() {
        let decomposed = "\u{1107}\u{1161}\u{11BC}\u{1107}\u{1165}\u{11B7}"  // 방범 in conjoining letters
        #expect(SearchText.words("ÉCOLE \(decomposed)") == SearchText.words("école 방범"))
    }

    @Test func `join a name whatever separates its words`() {
        #expect(SearchText.joined("YOLO-v4 tiny") == SearchText.joined("yolov4_tiny"))
    }
}
