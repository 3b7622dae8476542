import RegistryClient
import Testing

@Suite struct `The address of a server` {
    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://Models.Example.com/", "https://models.example.com"),
        ("https://models.example.com:443", "https://models.example.com"),
        ("http://[::1]:9/moru//", "http://[::1]:9/moru"),
    ])
    func `has one form`(text: String, expected: String) throws {
        #expect(try ServerURL(text).description == expected)
    }

    @Test(arguments: [
        "", "models.example.com", "ftp://models.example.com", "file:///etc/passwd", "http://", "http://a b",
        "http://kim:secret@models.example.com", "http://kim@models.example.com", "http://a/?q=1", "http://a/#x",
    ])
    func `is refused in any other form`(text: String) {
        #expect(throws: ClientError.self) { try ServerURL(text) }
    }
}
