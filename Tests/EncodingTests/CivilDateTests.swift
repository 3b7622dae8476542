import Encoding
import Testing

@Suite struct `A day of the calendar` {
    @Test(
        arguments: [
            (0, 1970, 1, 1), (-1, 1969, 12, 31), (11_016, 2000, 2, 29), (11_017, 2000, 3, 1), (-25_509, 1900, 2, 28),
            (-25_508, 1900, 3, 1), (20_778, 2026, 11, 21), (2_932_896, 9999, 12, 31), (-719_528, 0, 1, 1),
        ] as [(Int64, Int64, Int64, Int64)])
    func `is counted from 1970`(days: Int64, year: Int64, month: Int64, day: Int64) {
        let date = CivilDate(year: year, month: month, day: day)
        #expect(CivilDate(daysSince1970: days) == date)
        #expect(date.daysSince1970 == days)
    }

    @Test func `follows the day before without a gap`() {
        var last = CivilDate(daysSince1970: -800_001)
        for days in Int64(-800_000)...800_000 {
            let date = CivilDate(daysSince1970: days)
            let isNext =
                date.year == last.year && date.month == last.month && date.day == last.day + 1
                || date.day == 1 && (28...31).contains(last.day)
            guard isNext, date.daysSince1970 == days else {
                Issue.record("\(date) after \(last)")
                return
            }
            last = date
        }
    }
}
