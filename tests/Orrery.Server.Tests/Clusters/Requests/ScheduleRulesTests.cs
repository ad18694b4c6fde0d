using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Requests;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters.Requests;

public sealed class ScheduleRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 30, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-25T12:01:00Z", "2026-11-25T12:01", false)]
    [InlineData("2026-11-25T12:01:59.999Z", "2026-11-25T12:01", true)]
    [InlineData("2026-11-25T14:01:00+02:00", "2026-11-25T12:01", false)]
    [InlineData("2027-11-25T12:00:00Z", "2027-11-25T12:00", false)]
    public void A_time_is_cut_to_its_minute_with_a_warning(string text, string start, bool warned)
    {
        var errors = new FieldErrors();
        var (at, cron) = Read(text, errors);
        errors.Any.ShouldBeFalse();
        at!.Value.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(start);
        at.Value.Second.ShouldBe(0);
        cron.ShouldBeNull();
        errors.Warnings.Count.ShouldBe(warned ? 1 : 0);
    }

    [Theory]
    [InlineData("0 3 * * *")]
    [InlineData("*/15 0-6,22 1 1-12 1-5")]
    [InlineData("0 0 29 2 *")]
    public void Five_fields_make_a_template(string text)
    {
        var errors = new FieldErrors();
        Read(text, errors).ShouldBe((null, text));
        errors.Any.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-11-25T12:00:30Z", "future")]
    [InlineData("2025-09-30T16:04:00.000Z", "future")]
    [InlineData("2027-12-25T12:00:00Z", "a year")]
    [InlineData("2026-11-25 12:01", "RFC 3339")]
    [InlineData("tomorrow", "RFC 3339")]
    [InlineData("", "RFC 3339")]
    [InlineData("* * * *", "RFC 3339")]
    [InlineData("0 0 3 * * *", "RFC 3339")]
    [InlineData("61 * * * *", "61")]
    [InlineData("0 0 31 2 *", "never")]
    public void Anything_else_is_refused(string text, string mentions)
    {
        var errors = new FieldErrors();
        Read(text, errors);
        errors.All["cronJobs[0].schedule"].ShouldHaveSingleItem().ShouldContain(mentions);
    }

    [Fact]
    public void There_is_one_schedule_and_it_starts()
    {
        var errors = new FieldErrors();
        ScheduleRules.Read([new CronJob { Schedule = "0 3 * * *", Action = "stop" }, new CronJob()], Now, strict: true, errors);
        errors.All.Keys.ShouldBe(["cronJobs", "cronJobs[0].action"], ignoreOrder: true);
        ScheduleRules.Read([], Now, strict: true, new FieldErrors()).ShouldBe((null, null));
        ScheduleRules.Read(null, Now, strict: true, new FieldErrors()).ShouldBe((null, null));
    }

    private static (DateTimeOffset? StartAt, string? Cron) Read(string text, FieldErrors errors) =>
        ScheduleRules.Read([new CronJob { Schedule = text, Action = "start" }], Now, strict: false, errors);
}
