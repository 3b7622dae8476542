import Foundation
import Glibc
import Registry
import RegistryClient
import Synchronization
import Testing

@Suite struct `A reader of the directory` {
    /// What a reader that opened the directory finds in its files; nil when it was swapped away while it read.
    private func read(_ target: String, _ count: Int) -> Set<UInt8>? {
        let directory = open(target, O_RDONLY | O_DIRECTORY)
        guard directory >= 0 else { return [255] }
        defer { close(directory) }
        var seen: Set<UInt8> = []
        for number in 0..<count {
            let file = openat(directory, "part-\(number)", O_RDONLY)
            guard file >= 0 else { return nil }
            var byte: UInt8 = 0
            if Glibc.read(file, &byte, 1) == 1 { seen.insert(byte) }
            close(file)
        }
        return seen
    }

    @Test func `sees one version as a whole, always`() throws {
        let server = try LiveServer()
        let moru = server.moru()
        let count = 12
        for version in 1...2 {
            let files = Dictionary(
                uniqueKeysWithValues: (0..<count).map { ("part-\($0)", [UInt8(version), UInt8($0)]) })
            let source = try server.files("source", files)
            #expect(try moru.run("push", source, "demo/parts@\(version).0.0").status == 0)
        }
        let target = server.folder.path + "/target"
        #expect(try moru.run("pull", "demo/parts@1.0.0", "--into", target).status == 0)
        let isDone = Atomic(false)
        let result = Mutex<(mixed: [Set<UInt8>], whole: Set<UInt8>)>(([], []))
        let reader = Thread {
            while !isDone.load(ordering: .relaxed) {
                guard let seen = self.read(target, count) else { continue }
                result.withLock { result in
                    if seen.count != 1 || seen == [255] { result.mixed.append(seen) }
                    result.whole.formUnion(seen)
                }
            }
        }
        reader.start()
        for round in 0..<10 {
            let pulled = try moru.run("pull", "demo/parts@\(round % 2 + 1).0.0", "--into", target)
            #expect(pulled.status == 0, "\(pulled.errors)")
        }
        isDone.store(true, ordering: .relaxed)
        while !reader.isFinished { usleep(1000) }
        let (mixed, whole) = result.withLock { ($0.mixed, $0.whole) }
        #expect(mixed.isEmpty)
        #expect(whole == [1, 2])
    }
}
