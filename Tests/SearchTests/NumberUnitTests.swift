import Search
import Testing

@Suite struct `Numbers with units` {
    @Test(
        arguments: [
            ("5", "size", 5), ("20MB", "size", 20_000_000), ("20 mb", "size", 20_000_000),
            ("1.5G", "size", 1_500_000_000),
            ("512KiB", "size", 524_288), ("2Mi", "mem", 2_097_152), ("1GiB", "mem", 1_073_741_824),
            ("0.1kB", "size", 100),
            ("1.0004kB", "size", 1000), ("3메가", "size", 3_000_000), ("1기가바이트", "mem", 1_000_000_000), ("7B", "size", 7),
            ("1,000,000", "size", 1_000_000), (".5k", "size", 500), ("1e6", "size", 1_000_000), ("2TB", "size", 2e12),
            ("5M", "params", 5_000_000), ("7B", "params", 7_000_000_000), ("500만", "params", 5_000_000),
            ("1.2억", "params", 120_000_000), ("5 million", "params", 5_000_000), ("1.2GFLOPs", "flops", 1_200_000_000),
            ("300M", "flops", 300_000_000), ("35", "latency_ms", 35), ("35ms", "latency_ms", 35),
            ("0.035s", "latency_ms", 35),
            ("250us", "latency_ms", 0.25), ("250µs", "latency_ms", 0.25), ("2초", "latency_ms", 2000),
            ("0.5", "latency_ms", 0.5),
            ("30fps", "fps", 30), ("29.97", "fps", 29.97), ("16kHz", "sample-rate", 16_000), ("2J", "energy_mj", 2000),
            ("1.5mJ", "energy_mj", 1.5), ("70%", "top1", 0.7), ("0.7", "top1", 0.7), ("13", "opset", 13),
            ("-3", "x", -3),
            ("640px", "input.w", 640),
        ] as [(String, String, Double)])
    func `are read in the unit of the key`(text: String, key: String, value: Double) {
        #expect(NumberUnit.parse(text, key: key) == value)
        #expect(NumberUnit.parse(NumberUnit.text(value, key: key), key: key) == value)
    }

    @Test(arguments: [
        ("", "size"), ("MB", "size"), ("5ms", "size"), ("5MB", "latency_ms"), ("5MB5", "size"), ("1,00", "size"),
        ("1.2.3", "opset"),
        ("0x10", "size"), ("inf", "size"), ("nan", "fps"), ("1e999", "size"), ("1e300TB", "size"), ("5 MB x", "size"),
        ("٥", "size"),
        ("--5", "x"), ("5fps", "size"), ("5J", "latency_ms"), (".", "x"), ("5.", "x"), ("-", "x"),
    ])
    func `are nothing else`(text: String, key: String) {
        #expect(NumberUnit.parse(text, key: key) == nil)
    }

    @Test(
        arguments: [
            (5_000_000, "size", "5MB"), (1_500_000, "size", "1500kB"), (1024, "mem", "1024B"), (0, "size", "0B"),
            (7e9, "params", "7B"), (500, "params", "500"), (2e9, "flops", "2GFLOPs"), (35, "latency_ms", "35ms"),
            (0.25, "latency_ms", "0.25ms"), (30, "fps", "30fps"), (0.7, "top1", "0.7"),
        ] as [(Double, String, String)])
    func `are written with the largest unit that leaves them whole`(value: Double, key: String, text: String) {
        #expect(NumberUnit.text(value, key: key) == text)
    }
}
