import Glibc

/// Reads settings and secrets from where people keep them.
enum Environment {
    /// The variable's text; nil when it is not set or empty.
    static subscript(name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The language in which a server words its problems.
    static var language: String {
        let locale = Self["LC_ALL"] ?? Self["LC_MESSAGES"] ?? Self["LANG"] ?? ""
        return locale.hasPrefix("ko") ? "ko" : "en"
    }

    /// The first line of a file that holds a secret; `-` is standard input.
    static func secret(in path: String) throws -> String {
        let bytes = try LocalFiles.read(path == "-" ? "/dev/stdin" : path, maximum: 64 << 10)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty else { throw Failure(.usage, "\(path): the file is empty") }
        return String(decoding: line, as: UTF8.self)
    }

    /// Asks for a secret on the terminal, without showing it; `option` is what to use where there is no terminal.
    static func askForSecret(_ prompt: String, orUse option: String) throws -> String {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { throw Failure(.usage, "there is no terminal to ask for a password; use \(option)") }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { throw Failure(.failed, "the terminal does not answer") }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            Output.write("\n", to: terminal)
        }
        Output.write("\(prompt): ", to: terminal)
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n"), line.count < 4096 { line.append(byte) }
        guard !line.isEmpty else { throw Failure(.usage, "no password was given") }
        return String(decoding: line, as: UTF8.self)
    }

    /// A new password, from a file or asked for twice.
    static func newPassword(file: String?) throws -> String {
        if let file { return try secret(in: file) }
        let password = try askForSecret("New password", orUse: "--password-file")
        guard try askForSecret("Again", orUse: "--password-file") == password else {
            throw Failure(.usage, "the two passwords differ")
        }
        return password
    }
}
