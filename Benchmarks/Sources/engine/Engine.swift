import Glibc
import Load
import Registry
import Search
import Synchronization

/// Answers filtered queries from a server's snapshot file, as the server does but for reading its rows and HTTP.
///
/// `engine SNAPSHOT VOCABULARY QUERIES FACETS THREADS SECONDS words|planned` prints five lines: how many models the
/// first 200 queries find, the seconds it took, the milliseconds of each answer, those of CPU to plan and to find it. A line of QUERIES is a text and
/// filters such as `format:onnx`, with tabs between. With `words` all words must match as they stand; `planned` is what
/// the server makes of a query.
@main
struct Engine {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 8, let threads = Int(arguments[5]), let seconds = Double(arguments[6]),
            let queries = try read(arguments[3])
        else {
            print("usage: engine SNAPSHOT VOCABULARY QUERIES FACETS THREADS SECONDS words|planned")
            exit(2)
        }
        let engine = try Searching(
            snapshot: arguments[1], vocabulary: arguments[2], facets: arguments[4].split(separator: ",").map(String.init),
            isPlanned: arguments[7] == "planned")
        print(try queries.prefix(200).map { "\(try engine.find(engine.plan($0)).total)" }.joined(separator: " "))
        let all = Mutex<[Times]>([])
        let next = Atomic(0)
        let start = Clock.now
        inThreads(threads) { _ in
            var own: [Times] = []
            while own.last.map({ $0.end < start + seconds }) ?? true {
                let number = next.add(1, ordering: .relaxed).oldValue
                let (before, beforePlan) = (Clock.now, Clock.ofThread)
                guard let plan = try? engine.plan(queries[number % queries.count]) else { exit(1) }
                let afterPlan = Clock.ofThread
                _ = engine.find(plan)
                let (end, afterFind) = (Clock.now, Clock.ofThread)
                own.append(Times(end: end, all: end - before, plan: afterPlan - beforePlan, find: afterFind - afterPlan))
            }
            all.withLock { $0 += own }
        }
        print(Clock.now - start)
        for part in [\Times.all, \.plan, \.find] {
            print(all.withLock { $0.map { "\($0[keyPath: part] * 1000)" }.joined(separator: " ") })
        }
    }

    /// In seconds; the parts are CPU of the thread.
    struct Times {
        let end: Double
        let all: Double
        let plan: Double
        let find: Double
    }

    static func read(_ path: String) throws -> [AskedQuery]? {
        try text(of: path)?.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t")
            return AskedQuery(
                text: String(parts[0]),
                filters: try parts.dropFirst().map { try SearchQuery.TagFilter(String($0)) })
        }
    }

    static func text(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }
}
