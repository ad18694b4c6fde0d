using System.Globalization;
using Orrery.Contracts.Clusters;
using Orrery.Contracts.Json;
using Orrery.Scheduling;

namespace Orrery.Server.Clusters.Requests;

/// <summary>When a workload starts: at one time, or again and again as a template.</summary>
internal static class ScheduleRules
{
    private const int LongestSchedule = 256;
    private const int CronFields = 5;
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    public static (DateTimeOffset? StartAt, string? Cron) Read(List<CronJob>? jobs, DateTimeOffset now, bool strict, FieldErrors errors)
    {
        if (jobs is null or { Count: 0 })
            return (null, null);
        if (jobs.Count > 1)
            errors.Add("cronJobs", "must have at most one schedule");
        if (jobs[0] is not { } job)
        {
            errors.Add("cronJobs[0]", "must be an object");
            return (null, null);
        }
        errors.Unknown("cronJobs[0]", job.Unknown?.Keys, strict);
        if (job.Action is not (null or "" or "start"))
            errors.Add("cronJobs[0].action", "must be start");
        return Schedule(job.Schedule ?? "", now, errors);
    }

    private static (DateTimeOffset? StartAt, string? Cron) Schedule(string text, DateTimeOffset now, FieldErrors errors)
    {
        const string Field = "cronJobs[0].schedule";
        if (EventTime.TryParse(text, out var time))
            return (Start(time.ToDateTimeOffset(), now, errors), null);
        string? problem = null;
        if (text.Length is > 0 and <= LongestSchedule && CronSchedule.TryParse(text, out var cron, out problem))
        {
            if (cron.Next(now) is null)
                errors.Add(Field, "never fires");
            return (null, text);
        }
        var looksLikeCron = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == CronFields;
        errors.Add(Field, looksLikeCron && problem is not null ? problem : "must be an RFC 3339 time like 2026-12-01T16:04:00Z, or five cron fields like 0 3 * * *");
        return (null, null);
    }

    private static DateTimeOffset? Start(DateTimeOffset time, DateTimeOffset now, FieldErrors errors)
    {
        var minute = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (time <= now)
            errors.Add("cronJobs[0].schedule", "must lie in the future");
        else if (time > now + Furthest)
            errors.Add("cronJobs[0].schedule", "must be at most a year away");
        else if (minute.UtcTicks != time.UtcTicks)
            errors.Warnings.Add(string.Create(CultureInfo.InvariantCulture, $"cronJobs[0].schedule: seconds are cut, it starts at {minute:yyyy-MM-dd'T'HH:mm}Z"));
        return minute;
    }
}
