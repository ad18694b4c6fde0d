using Orrery.Contracts.Json;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests;

public class EventTimeTests
{
    [Theory]
    [InlineData("2026-03-07T14:23:45Z", "2026-03-07T14:23:45Z")]
    [InlineData("2026-03-07T14:23:45.123456789Z", "2026-03-07T14:23:45.123456789Z")]
    [InlineData("2026-03-07T14:23:45.1000Z", "2026-03-07T14:23:45.1Z")]
    [InlineData("2026-03-07T14:23:45+02:30", "2026-03-07T11:53:45Z")]
    [InlineData("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z")]
    public void A_time_keeps_its_nanoseconds_and_is_written_in_utc(string text, string expected)
    {
        EventTime.TryParse(text, out var time).ShouldBeTrue();
        time.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-03-07")]
    [InlineData("2026-03-07T14:23:45")]
    [InlineData("2026-02-30T14:23:45Z")]
    [InlineData("2026-03-07T14:23:45.Z")]
    [InlineData("2026-03-07T14:23:45.1234567890Z")]
    [InlineData("2026-03-07T14:23:45+24:00")]
    [InlineData("2026-03-07 14:23:45Z")]
    [InlineData("1600-01-01T00:00:00Z")]
    [InlineData("9999-01-01T00:00:00Z")]
    public void Anything_else_is_refused(string? text) => EventTime.TryParse(text, out _).ShouldBeFalse();
}
