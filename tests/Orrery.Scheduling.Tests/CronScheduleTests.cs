using System.Globalization;

namespace Orrery.Scheduling.Tests;

public class CronScheduleTests
{
    // 2026-01-01 is a Thursday.
    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:00", "2026-01-01T00:01")]
    [InlineData("*/15 * * * *", "2026-01-01T00:15", "2026-01-01T00:30")]
    [InlineData("0 0 * * *", "2026-01-01T00:00", "2026-01-02T00:00")]
    [InlineData("5,10-12 3 * * *", "2026-01-01T03:05", "2026-01-01T03:10")]
    [InlineData("10-40/15 * * * *", "2026-01-01T00:26", "2026-01-01T00:40")]
    [InlineData("0 12 * * MON-FRI", "2026-01-02T12:00", "2026-01-05T12:00")]
    [InlineData("0 0 * * 7", "2026-01-01T00:00", "2026-01-04T00:00")]
    [InlineData("0 0 * * 0", "2026-01-01T00:00", "2026-01-04T00:00")]
    [InlineData("0 0 * * 5-7", "2026-01-02T00:00", "2026-01-03T00:00")]
    [InlineData("0 0 13 * fri", "2026-01-01T00:00", "2026-01-02T00:00")]
    [InlineData("0 0 13 * fri", "2026-01-09T00:00", "2026-01-13T00:00")]
    [InlineData("0 0 */2 * fri", "2026-01-01T00:00", "2026-01-09T00:00")]
    [InlineData("0 0 1 JAN *", "2026-01-01T00:00", "2027-01-01T00:00")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00", "2028-02-29T00:00")]
    [InlineData("59 23 31 12 *", "2026-12-31T23:59", "2027-12-31T23:59")]
    [InlineData("0 0 30 2 *", "2026-01-01T00:00", null)]
    [InlineData("0 0 31 4,6 *", "2026-01-01T00:00", null)]
    public void Next(string text, string after, string? next)
    {
        CronSchedule.TryParse(text, out var schedule, out var error).ShouldBeTrue(error);
        schedule.Next(At(after)).ShouldBe(next is null ? null : At(next));
    }

    [Theory]
    [InlineData("* * * *", "five fields")]
    [InlineData("* * * * * *", "five fields")]
    [InlineData("60 * * * *", "'60' is not a minute: 0 to 59")]
    [InlineData("* 24 * * *", "not a hour")]
    [InlineData("* * 0 * *", "day of the month")]
    [InlineData("* * * 13 *", "JAN to DEC")]
    [InlineData("* * * * 8", "SUN to SAT")]
    [InlineData("*/0 * * * *", "step")]
    [InlineData("5/10 * * * *", "a step needs a range")]
    [InlineData("30-10 * * * *", "backwards")]
    [InlineData("? * * * *", "not a minute")]
    [InlineData("1,,2 * * * *", "'' is not a minute")]
    [InlineData("-1 * * * *", "not a minute")]
    public void Refused(string text, string error)
    {
        CronSchedule.TryParse(text, out _, out var actual).ShouldBeFalse();
        actual.ShouldContain(error);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(1000, 60)]
    public void Backoff_doubles_up_to_a_minute(int failedRuns, int seconds) => Backoff.After(failedRuns).ShouldBe(TimeSpan.FromSeconds(seconds));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
