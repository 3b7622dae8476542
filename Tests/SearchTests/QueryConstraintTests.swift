import Search
import Testing

@Suite struct `Constraints in plain words` {
    @Test(arguments: [
        ("int8 face under 5MB", ["int8", "face", "[size<5MB]"]),
        ("5MB 이하 얼굴", ["[size<=5MB]", "얼굴"]),
        ("20MB 미만", ["[size<20MB]"]),
        ("less than 10 MB", ["[size<10MB]"]),
        ("at least 30 fps", ["[fps>=30fps]"]),
        ("30fps 이상", ["[fps>=30fps]"]),
        ("below 50ms", ["[latency_ms<50ms]"]),
        ("up to 1.5 GB, onnx", ["[size<=1500MB]", "onnx"]),
        ("over 25 fps at most 20 ms.", ["[fps>25fps]", "[latency_ms<=20ms]"]),
        ("more than 10mb above 5 KiB", ["[size>10MB]", "[size>5120B]"]),
        ("5MB이하의 얼굴", ["[size<=5MB]", "얼굴"]),
        ("50ms 이내 100ms초과", ["[latency_ms<=50ms]", "[latency_ms>100ms]"]),
        ("30프레임 이상 5메가 이하", ["[fps>=30fps]", "[size<=5MB]"]),
        ("5MB보다 작은 모델", ["[size<5MB]", "모델"]),
        ("50ms보다 빠른 30fps 보다 빠른", ["[latency_ms<50ms]", "[fps>30fps]"]),
        ("최대 5MB 최소 30fps", ["[size<=5MB]", "[fps>=30fps]"]),
        ("5MB를 넘지 않는", ["[size<=5MB]"]),
        ("faster than 50 ms", ["[latency_ms<50ms]"]),
        ("5 MB or less", ["[size<=5MB]"]),
        ("under 512MB RAM", ["[mem<512MB]"]),
        ("less than 512 MB of memory", ["[mem<512MB]"]),
        ("512MB 메모리 이하", ["[mem<=512MB]"]),
        ("메모리 512MB 이하", ["[mem<=512MB]"]),
        ("메모리가 512MB 이하", ["[mem<=512MB]"]),
        ("under 5M parameters", ["[params<5M]"]),
        ("at most 5 million params", ["[params<=5M]"]),
        ("파라미터 500만 이하", ["[params<=5M]"]),
        ("latency under 50", ["[latency_ms<50ms]"]),
        ("size < 5 MB", ["[size<5MB]"]),
        ("size<5 MB", ["[size<5MB]"]),
        ("latency_ms@rpi5 <= 50 ms", ["[latency_ms@rpi5<=50ms]"]),
        ("top1@imagenet >= 0.7", ["[top1@imagenet>=0.7]"]),
        ("face <5MB", ["face", "[size<5MB]"]),
        ("between 5 and 10 MB", ["[size:5MB..10MB]"]),
        ("5~10MB", ["[size:5MB..10MB]"]),
        ("under 5MB OR over 30fps", ["{[size<5MB] | [fps>30fps]}"]),
        ("(int8 under 5MB)", ["{int8 [size<5MB]}"]),
        ("below 1 MB size!=5", ["[size<1MB]", "-[size=5B]"]),
        ("under 2 GFLOPs", ["[flops<2GFLOPs]"]),
        ("파라미터 수 500만 이하", ["[params<=5M]"]), ("top-1 80% 이상", ["[top1>=0.8]"]), ("mAP50 over 40", ["[map50>40]"]),
    ])
    func `become comparisons`(text: String, items: [String]) {
        #expect(parsed(text).tree == items)
        #expect(parsed(text).problems.isEmpty)
    }

    @Test(arguments: [
        "under 5", "under 5M", "under 18 years", "over 9000", "5MB", "30 fps", "less than perfect", "이하 5", "below 5 s",
        "at least two", "size under", "size under 500", "5M 이하", "max pooling", "3 이상", "under 5 M", "under bridge 5MB",
        "12.5.3 이하", "under 5MBx", "miou over 40", "map of 40", "top1 over 5M",
    ])
    func `stay words where they leave a doubt`(text: String) {
        #expect(parsed(text).tree == text.split(separator: " ").map(String.init))
    }

    @Test(arguments: [
        ("int8 face under 5MB now", "under 5MB"), ("얼굴 5MB 이하의 모델", "5MB 이하의"),
        ("latency is at most 50 ms, ok", "latency is at most 50 ms,"),
        ("a size < 5 MB b", "size < 5 MB"), ("ａ ５ＭＢ　이하 b", "５ＭＢ　이하"),
    ])
    func `cover their words`(text: String, chip: String) throws {
        let item = try #require(parsed(text).items.first { if case .clause = $0.node { true } else { false } })
        #expect(item.text == chip)
        #expect(cut(item.range, of: text) == chip)
    }
}
