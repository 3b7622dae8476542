import Search
import Testing

@Suite struct `A query is parsed` {
    @Test(arguments: [
        ("", []),
        ("  \t\u{3000} ", []),
        ("person detection", ["person", "detection"]),
        ("불법주정차 야간", ["불법주정차", "야간"]),
        ("\"license plate\" truck", ["\"license plate\"", "truck"]),
        ("“license   plate”", ["\"license plate\""]),
        ("＂차량 번호판＂", ["\"차량 번호판\""]),
        ("yolo*", ["yolo*"]),
        ("얼굴* yolo-v**", ["얼굴*", "yolo-v*"]),
        ("a*b c++ 5\" what?", ["a*b", "c++", "5", "what?"]),
        ("yolov4-tiny -large - x", ["yolov4-tiny", "-large", "-", "x"]),
        ("--help -", ["--help", "-"]),
        ("f(x) Net(v2", ["f(x)", "Net(v2"]),
        ("the or and OR5", ["the", "or", "and", "OR5"]),
    ])
    func `into words, phrases and prefixes`(text: String, items: [String]) {
        #expect(parsed(text).tree == items)
    }

    @Test(arguments: [
        ("format:tflite", ["[format:tflite]"]),
        ("FORMAT:TFLite", ["[format:TFLite]"]),
        ("object:person,car", ["[object:person,car]"]),
        ("object:\"traffic light\",car", ["[object:\"traffic light\",car]"]),
        ("object:“stop sign”", ["[object:\"stop sign\"]"]),
        ("-format:onnx", ["-[format:onnx]"]),
        ("format!=onnx", ["-[format:onnx]"]),
        ("-format!=onnx", ["[format:onnx]"]),
        ("format=onnx", ["[format:onnx]"]),
        ("runtime:\"tflite >=2.14,<3\"", ["[runtime:\"tflite >=2.14,<3\"]"]),
        ("service：불법주정차", ["[service:불법주정차]"]),
        ("ＦＯＲＭＡＴ：ｏｎｎｘ，tflite", ["[format:onnx,tflite]"]),
        ("형식:onnx 서비스:방범", ["[format:onnx]", "[service:방범]"]),
        ("has:license has:latency_ms@RPi5 -has:fps", ["[has:license]", "[has:latency_ms@rpi5]", "-[has:fps]"]),
    ])
    func `into clauses`(text: String, items: [String]) {
        #expect(parsed(text).tree == items)
        #expect(parsed(text).problems.isEmpty)
    }

    @Test(arguments: [
        ("size<5MB", ["[size<5MB]"]),
        ("size<=1.5G size>2KiB", ["[size<=1500MB]", "[size>2048B]"]),
        ("latency_ms@rpi5<=50", ["[latency_ms@rpi5<=50ms]"]),
        ("latency_ms@RPI5<=0.05s?", ["[latency_ms@rpi5<=50ms?]"]),
        ("top1@imagenet>=70%", ["[top1@imagenet>=0.7]"]),
        ("fps>=30fps energy_mj<2J", ["[fps>=30fps]", "[energy_mj<2000mJ]"]),
        ("params<5M flops<=1.2GFLOPs", ["[params<5M]", "[flops<=1200MFLOPs]"]),
        ("size≤5MB fps≥30", ["[size<=5MB]", "[fps>=30fps]"]),
        ("size＜５ＭＢ", ["[size<5MB]"]),
        ("size=<5MB fps=>30 opset==13", ["[size<=5MB]", "[fps>=30fps]", "[opset=13]"]),
        ("size:1MB..20MB", ["[size:1MB..20MB]"]),
        ("size:20MB..1MB", ["[size:1MB..20MB]"]),
        ("size:5MB.. size:..5MB?", ["[size>=5MB]", "[size<=5MB?]"]),
        ("size:5MB fps:>=30", ["[size=5MB]", "[fps>=30fps]"]),
        ("size:\"5MB\"", ["[size:\"5MB\"]"]),
        ("opset:13,14 fps:30", ["[opset:\"13\",\"14\"]", "[fps=30fps]"]),
        ("크기<5MB 메모리<=512MB", ["[size<5MB]", "[mem<=512MB]"]),
        ("mem<1,000,000", ["[mem<1MB]"]),
    ])
    func `into comparisons and ranges of numbers`(text: String, items: [String]) {
        #expect(parsed(text).tree == items)
        #expect(parsed(text).problems.isEmpty)
    }

    @Test(arguments: [
        ("a OR b", ["{a | b}"]),
        ("a b OR c d", ["a", "{b | c}", "d"]),
        ("a OR b OR c", ["{a | b | c}"]),
        ("a|b||c", ["{a | b | c}"]),
        ("(a b) OR c", ["{a b | c}"]),
        ("(a OR b) OR (c OR d)", ["{a | b | c | d}"]),
        ("(a OR b) c", ["{a | b}", "c"]),
        ("((a b))", ["{a b}"]),
        ("(a (b OR c))", ["{a {b | c}}"]),
        ("-(a b) -(c|d)", ["-{a b}", "-{c | d}"]),
        ("（방범 OR 배회） 실외", ["{방범 | 배회}", "실외"]),
        ("format:onnx OR format:tflite", ["{[format:onnx] | [format:tflite]}"]),
        ("-a OR \"b c\"", ["{-a | \"b c\"}"]),
        ("-(-a)", ["-{-a}"]),
    ])
    func `into groups`(text: String, items: [String]) {
        #expect(parsed(text).tree == items)
        #expect(parsed(text).problems.isEmpty)
    }

    @Test(arguments: [
        ("http://example.org/x", ["http://example.org/x"]),
        ("3:4 16:9", ["3:4", "16:9"]),
        ("yolo:v4 a:b", ["yolo:v4", "a:b"]),
        ("std::vector<int>", ["std::vector<int>"]),
        ("a->b x=y 1<2", ["a->b", "x=y", "1<2"]),
        ("note:\"two words\"", ["note:", "\"two words\""]),
        ("note:\"two words\",\"and more\"", ["note:", "\"two words\"", ",", "\"and more\""]),
        ("-note:\"two words\"", ["-{note: \"two words\"}"]),
    ])
    func `into words where a key is unknown`(text: String, items: [String]) {
        #expect(parsed(text).tree == items)
        #expect(parsed(text).problems.isEmpty)
    }

    @Test(arguments: [
        ("face sort:new", ["face"], "sort:new"),
        ("sort:updated", [], "sort:new"),
        ("sort:score a", ["a"], "sort:score"),
        ("sort:relevance", [], "sort:score"),
        ("sort:size", [], "sort:size"),
        ("sort:-latency_ms@RPi5", [], "sort:-latency_ms@rpi5"),
        ("-sort:size", [], "sort:-size"),
        ("정렬:-크기", [], "sort:-size"),
        ("(a sort:new b)", ["{a b}"], "sort:new"),
    ])
    func `with its order`(text: String, items: [String], sort: String) throws {
        let query = parsed(text)
        #expect(query.tree == items)
        #expect(query.sort?.description == sort)
        let range = try #require(query.sortRange)
        #expect(cut(range, of: text).contains("ort") || cut(range, of: text).contains("정렬"))
        #expect(query.problems.isEmpty)
    }

    @Test func `with the last of several orders`() {
        let query = parsed("sort:new a sort:size")
        #expect(query.sort == .number(column: "size", ascending: true))
        #expect(query.sortRange == 11..<20)
        #expect(query.problems.map(\.column) == [1])
    }
}
